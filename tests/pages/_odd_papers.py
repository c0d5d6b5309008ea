"""The papers that are drawn for the tests, before they are copied."""

from _flow import Look, flow, items
from _page import Block, Page, centred
from _papers import stamp
from _tabled import Frame, heading, lay, note, note_right, plain, words
from _texts_odd import (
    ABOVE_TABLE,
    BELOW_TABLE,
    ENGLISH,
    FORM,
    FORM_BELOW,
    LEDGER,
    LEVELS,
    MARGINS,
    NOTED,
    ROTATED,
    RULED_FORM,
    SEALED,
    THREE_RULE,
)
from _type import Line, advance, font

FACES = {"title": "songbold", "head": "heibold", "subhead": "hei", "docno": "song", "note": "kai"}


def plain_page(markup: str, face: str = "song", **more) -> Page:
    """One page of running text."""
    look = {"size": 62, "pitch": 112, "title_size": 86, "faces": FACES, **more}
    (page,) = flow(markup, Look(face=face, **look))
    return page


def book_page(markup: str, number: str, running: str, *, outer_left: bool) -> Page:
    """One page of a book: running header, number at the outer edge of the foot."""
    page = plain_page(markup, "ming", size=76, pitch=146, top=430, left=300, right=300)
    page.blocks.insert(0, Block(role="header", lines=[centred(running, page.width / 2, 250, "kai", 60)]))
    x = 300 if outer_left else page.width - 300 - advance(number, "song", 60)
    page.blocks.append(Block(role="pageno", lines=[Line(text=number, x=x, y=page.height - 300, face="song", size=60)]))
    return page


def three_rule() -> Page:
    """A report with a table that has three horizontal rules only."""
    page = plain_page(ABOVE_TABLE)
    top = page.lines[-1].bbox[3] + 90
    page.blocks.append(
        Block(role="caption", lines=[centred("表2　各科室门诊情况", page.width / 2, top, "heibold", 54)])
    )
    frame = Frame(left=330, top=top + 100, widths=(300, 340, 340, 420, 420), row=92, size=52, ruled=False)
    bottom = lay(page, frame, plain(words(THREE_RULE)))
    below = flow(BELOW_TABLE, Look(face="song", size=62, pitch=112, top=bottom + 60, faces=FACES))
    page.blocks += below[0].blocks
    return page


def ledger() -> list[Page]:
    """A register that goes on over the page: its header is printed again."""
    head = ["序号", "户　主", "村　名", "项　目", "补助（元）"]
    rows = [[str(number), *row] for number, row in enumerate(words(LEDGER), 1)]
    rows.append(["", "合　计", "", "", str(sum(int(row[4]) for row in rows))])
    pages = []
    for part, title in ((rows[:11], "柳溪镇农房改造补助发放表"), (rows[11:], "柳溪镇农房改造补助发放表（续表）")):
        page = Page()
        heading(page, title, 330, 78)
        note_right(page, "单位：元", 2150, 500)
        frame = Frame(left=330, top=590, widths=(220, 380, 420, 460, 340), row=110)
        bottom = lay(page, frame, plain([head, *part]))
        if pages:
            note(page, "审核：吴晓燕　　制表：何静", 330, bottom + 50)
        note(page, f"— {len(pages) + 1} —", page.width / 2 - 60, page.height - 320, role="pageno")
        pages.append(page)
    return pages


def rotated() -> Page:
    """A landscape table; the scan lies on its side."""
    page = Page(width=3508, height=2480)
    heading(page, "柳溪镇2019年教育事业基本情况", 330, 92)
    note(page, "填报单位：柳溪镇中心学校", 430, 520)
    head = ["类　　别", "学校（所）", "班级（个）", "在校学生（人）", "教职工（人）", "校舍面积（平方米）"]
    frame = Frame(left=430, top=620, widths=(420, 400, 400, 480, 440, 510), row=150, size=58)
    bottom = lay(page, frame, plain([head, *words(ROTATED)]))
    note(page, "填表人：丁红霞　　　　报出日期：2019年9月25日", 430, bottom + 60)
    return page


def three_headers() -> Page:
    """A table whose header has three rows."""
    page = Page()
    heading(page, "柳溪镇部分村劳动力和耕地情况表", 330, 78)
    note_right(page, "2020年末", 2140, 500)
    head = [
        (0, 0, 3, 1, "村　名"), (0, 1, 1, 4, "劳动力（人）"), (0, 5, 1, 2, "耕地（公顷）"),
        (1, 1, 2, 1, "总数"), (1, 2, 1, 3, "外出务工"), (1, 5, 2, 1, "面积"), (1, 6, 2, 1, "水田"),
        (2, 2, 1, 1, "小计"), (2, 3, 1, 1, "男"), (2, 4, 1, 1, "女"),
    ]  # fmt: skip
    frame = Frame(left=340, top=590, widths=(380, 240, 240, 220, 220, 260, 240), row=108, head_rows=3)
    bottom = lay(page, frame, [*head, *plain(words(LEVELS), 3)])
    note(page, "注：外出务工指离开本镇六个月以上。", 340, bottom + 50)
    return page


def form() -> Page:
    """A form without rulings: labels with values on underlines, some side by side."""
    page = Page()
    heading(page, "柳溪镇贷款贴息申请表", 330)
    y = 560
    for row in FORM.splitlines():
        fields = row.split("|")
        for number, field in enumerate(fields):
            x = 340 + number * (1800 // len(fields))
            line = Line(text=field, x=x, y=y, face="song", size=58)
            label = field[: field.index("：") + 1]
            start, end = x + font("song", 58).getlength(label), x + 1800 // len(fields) - 70
            page.shapes.append(
                lambda _, draw, edge=(start, y + 74, end, y + 74): draw.line(edge, fill=(60, 60, 60), width=3)
            )
            page.blocks.append(Block(role="para", lines=[line]))
        y += 128
    (below,) = flow(FORM_BELOW, Look(face="song", size=58, pitch=108, left=340, right=340, top=y + 60, faces=FACES))
    page.blocks += below.blocks
    return page


def ruled_form() -> Page:
    """A form of ruled fields, label beside value."""
    page = Page()
    heading(page, "柳溪镇临时救助审批表", 330)
    specs = []
    for row, fields in enumerate(RULED_FORM):
        column = 0
        for text, wide in fields:
            specs.append((row, column, 1, wide, text))
            column += wide
    frame = Frame(left=330, top=560, widths=(400, 560, 320, 540), row=130, size=56, face="kai", head_rows=0)
    bottom = lay(page, frame, specs)
    note(page, "此表一式两份，镇民政办、财政所各存一份。", 330, bottom + 50, 50)
    return page


def noted() -> Page:
    """A report with a reader's notes in its wide left margin."""
    page = plain_page(NOTED, left=760, right=260, size=58, pitch=104, title_size=76)
    paragraphs = [block for block in page.blocks if block.role == "para"]
    for number, texts in MARGINS:
        top = paragraphs[number].lines[0].y
        lines = [
            Line(text=text, x=220, y=top + 40 + row * 72, face="kai", size=52, ink=(70, 70, 70))
            for row, text in enumerate(texts)
        ]
        page.blocks.append(Block(role="margin_note", lines=lines))
    return page


def sealed() -> Page:
    """A certificate with the village's seal over signature and date."""
    page = plain_page(SEALED, title_size=120)
    signed = [block.lines[0].bbox for block in page.blocks if block.role == "sign"]
    centre = (signed[1][0] + signed[1][2]) // 2, (signed[0][1] + signed[1][3]) // 2
    page.stamps.append(lambda image, _: stamp(image, centre, "柳溪镇石板桥村"))
    return page


def english() -> Page:
    """A town report in English."""
    page, y = Page(), 360.0
    for role, text in items(ENGLISH):
        size = {"title": 96, "head": 60}.get(role, 54)
        face = {"title": "songbold", "head": "songbold"}.get(role, "song")
        block = Block(role=role, lines=[])
        for line in _wrapped(text, face, size, 1820):
            place = centred(line, page.width / 2, y, face, size) if role in ("title", "docno") else None
            block.lines.append(place or Line(text=line, x=330, y=y, face=face, size=size))
            y += size * 1.6
        page.blocks.append(block)
        y += 50 if role == "head" else 90
    return page


def _wrapped(text: str, face: str, size: int, width: int) -> list[str]:
    """English text in lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font(face, size).getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
