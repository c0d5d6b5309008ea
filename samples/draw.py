"""Draw the samples and their truth.

    python samples/draw.py [--out DIR] [--only NAME ...]

Nobody has to run this: what it draws is committed. It needs Pillow, numpy, opencv, the fonts of the Debian packages
fonts-noto-cjk, fonts-arphic-uming and fonts-arphic-ukai, and for the PDF files fpdf2 with fonttools (drawing only).
Seeds and dates are fixed: drawn twice with the same versions, every file has the same bytes.
"""

import argparse
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import _papers as papers
import cv2
import numpy
import PIL
from _damage import Damage, damage, fax
from _facts import FACTS
from _flow import Look, flow, items
from _newspaper import newspaper
from _page import Page, paint
from _texts_papers import AWARD, BRIEFING, FAX, FUNDS, NOTICE
from _texts_reports import MINUTES, REPORT, SECRETARY, SUMMARY, SURVEY_1987
from _type import FACES
from PIL import Image

HERE = Path(__file__).parent
DUPLICATE = Path("duplicate/红头文件（副本）.jpg"), "red_header.jpg"


def page_truth(page: Page, image: Image.Image, matrix: list[list[float]], how: Damage) -> dict:
    """What the truth says of one scanned page."""
    return {
        "dpi": how.dpi,
        "size": list(image.size),
        "base_size": [page.width, page.height],
        "M": matrix,
        **page.truth(),
    }


def write_truth(path: Path, letter: str, clean: bool, pages: list[dict], **more) -> None:
    """NAME.truth.json beside the file: one page, or a document with its pages."""
    head = {"name": path.stem, "class": letter, "clean": clean, "file": path.name, **more}
    if path.suffix in (".pdf", ".tif"):
        named = [
            {"page": n, "name": f"{path.stem}_p{n}", "class": letter, "clean": clean, **p}
            for n, p in enumerate(pages, 1)
        ]
        truth = {**head, "pages": named}
    else:
        truth = {**head, **pages[0]}
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    flat = re.sub(r"\[\s+([^\[\]{}\"]+?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", text)
    path.with_name(path.stem + ".truth.json").write_text(flat + "\n", "utf-8")


def jpeg_page(path: Path, letter: str, page: Page, how: Damage, quality: int, tagged: bool = True) -> None:
    """One page as a JPEG file."""
    image, matrix = damage(paint(page), how)
    image.save(path, quality=quality, optimize=True, **({"dpi": (how.dpi, how.dpi)} if tagged else {}))
    write_truth(path, letter, False, [page_truth(page, image, matrix, how)])


def scanned_pdf(path: Path, pages: list[Page], hows: list[Damage], kind: str, **more) -> None:
    """Page images in a PDF without a text layer."""
    import _pdf

    done = [damage(paint(page), how) for page, how in zip(pages, hows, strict=True)]
    sizes = _pdf.scanned(path, [image for image, _ in done], hows[0].dpi, **more)
    truths = [
        {**page_truth(page, image, matrix, how), "kind": "scan", "pdf_size_pt": size}
        for page, (image, matrix), how, size in zip(pages, done, hows, sizes, strict=True)
    ]
    write_truth(path, "R", False, truths, kind=kind)


def seed_newspaper(path: Path) -> None:
    """The reference article as a scanned newspaper page."""
    jpeg_page(path, "N", newspaper(), Damage(seed=1, skew=0.8, black=52, white=226, noise=2.2), 55)


def report_scan(path: Path) -> None:
    """A work report of several pages, each scanned a little differently."""
    pages = flow(REPORT, papers.REPORT_LOOK)
    hows = [Damage(seed=20 + n, skew=(0.3, -0.5, 0.2, -0.2)[n], black=40, noise=2.0) for n in range(len(pages))]
    scanned_pdf(path, pages, hows, "PDF of page images without a text layer")


def red_header(path: Path) -> None:
    """A red-header document in colour."""
    how = Damage(seed=3, skew=-0.6, colour=True, black=30, tint=(1.0, 0.995, 0.975), noise=2.0)
    jpeg_page(path, "H", papers.red_header(), how, 60)


def village_table(path: Path) -> None:
    """A ruled landscape table."""
    jpeg_page(path, "T", papers.statistics(), Damage(seed=4, skew=0.7, black=45, white=238, noise=2.4), 60)


def fax_pages(path: Path) -> None:
    """A bilevel fax of two frames."""
    pages = flow(FAX, papers.FAX_LOOK)
    hows = [Damage(seed=50 + n, skew=(-0.9, 0.5)[n], noise=4, blur=0.7) for n in range(len(pages))]
    done = [fax(paint(page), how) for page, how in zip(pages, hows, strict=True)]
    images = [image for image, _ in done]
    images[0].save(path, save_all=True, append_images=images[1:], compression="group4", dpi=(200, 200))
    truths = [page_truth(page, *scan, how) for page, scan, how in zip(pages, done, hows, strict=True)]
    write_truth(path, "R", False, truths, kind="TIFF, bilevel, G4")


def minutes_digital(path: Path) -> None:
    """A born-digital PDF; its truth is in points from the upper left of the page."""
    import _pdf

    pages = flow(MINUTES, papers.DIGITAL_LOOK)
    size = _pdf.digital(path, pages)
    truths = [
        {"kind": "digital", "pdf_size_pt": size, "unit": "pt, origin top left", **page.truth(_pdf.POINTS)}
        for page in pages
    ]
    write_truth(path, "R", True, truths, kind="PDF, born digital with a text layer")


def secretary_garbage_layer(path: Path) -> None:
    """A page image with an invisible text layer in the wrong encoding."""
    import _pdf

    page = flow(SECRETARY, Look(face="ming", size=58, pitch=96, top=300, bottom=300, faces=papers.REPORT_LOOK.faces))[0]
    how = Damage(seed=7, skew=0.4, black=42, noise=2.0)
    image, matrix = damage(paint(page), how)
    size = _pdf.lying(path, image, page, how.dpi)
    truth = {**page_truth(page, image, matrix, how), "kind": "scan", "pdf_size_pt": size}
    write_truth(path, "R", False, [truth], kind="PDF of a page image under a text layer that is garbage")


def briefing_rot90(path: Path) -> None:
    """A page that lies on its side."""
    jpeg_page(path, "R", flow(BRIEFING, papers.BRIEFING_LOOK)[0], Damage(seed=8, turn=90, skew=0.3, noise=2.2), 58)


def notice_rot180(path: Path) -> None:
    """A page that stands on its head."""
    jpeg_page(path, "R", flow(NOTICE, papers.NOTICE_LOOK)[0], Damage(seed=9, turn=180, skew=-0.4, noise=2.2), 58)


def award_phone(path: Path) -> None:
    """A yellowed, pale page taken with a phone."""
    how = Damage(
        seed=10, colour=True, skew=1.1, black=98, white=228, tint=(1.0, 0.95, 0.81), light=0.38, blur=0.8,
        noise=2.6, corners=(0.02, 0.03, 0.035, 0.015, 0.01, 0.02, 0.025, 0.03),
    )  # fmt: skip
    jpeg_page(path, "R", flow(AWARD, papers.AWARD_LOOK)[0], how, 58, tagged=False)


def funds_strips(path: Path) -> None:
    """One page that a scanner stored as twelve strips."""
    how = [Damage(seed=11, skew=-0.3, noise=2.0)]
    scanned_pdf(path, flow(FUNDS, papers.FUNDS_LOOK)[:1], how, "PDF page made of twelve image strips", strips=12)


def plain_text(path: Path, markup: str, encoding: str) -> None:
    """A text file, one block a line."""
    parts = items(markup)
    path.write_bytes("".join(text + "\n" for _, text in parts).encode(encoding))
    write_truth(path, "R", True, [{"blocks": [{"role": role, "text": text} for role, text in parts]}], kind=encoding)


SAMPLES: dict[str, Callable[[Path], None]] = {
    "seed_newspaper.jpg": seed_newspaper,
    "report_scan.pdf": report_scan,
    "red_header.jpg": red_header,
    "village_table.jpg": village_table,
    "fax.tif": fax_pages,
    "minutes_digital.pdf": minutes_digital,
    "secretary_garbage_layer.pdf": secretary_garbage_layer,
    "briefing_rot90.jpg": briefing_rot90,
    "notice_rot180.jpg": notice_rot180,
    "award_phone.jpg": award_phone,
    "funds_strips.pdf": funds_strips,
    "summary_utf8.txt": lambda path: plain_text(path, SUMMARY, "utf-8"),
    "survey_gb18030.txt": lambda path: plain_text(path, SURVEY_1987, "gb18030"),
}


def expected(folder: Path) -> dict:
    """The facts of every sample, each with the first page whose truth holds it; StopIteration where none does."""
    documents = []
    for file in SAMPLES:
        name = Path(file).stem
        truth = json.loads((folder / f"{name}.truth.json").read_text("utf-8"))
        texts = ["\n".join(block["text"] for block in page["blocks"]) for page in truth.get("pages", [truth])]
        solid = [re.sub(r"\s", "", text) for text in texts]
        facts = [
            {"kind": kind, "text": text, "page": next(n for n, page in enumerate(solid, 1) if text in page)}
            for kind, text in FACTS[name]
        ]
        documents.append({"source": file, "facts": facts})
    return {"documents": documents, "duplicates": {DUPLICATE[0].as_posix(): DUPLICATE[1]}}


def drawn_with() -> dict:
    """Versions and digests that the bytes of the drawn files depend on."""
    files = sorted({path for path, _ in FACES.values()})
    fonts = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {"pillow": PIL.__version__, "numpy": numpy.__version__, "opencv": cv2.__version__, "fonts": fonts}


def main(argv: list[str] | None = None) -> int:
    """Draw the samples named, or all of them with the duplicate and the expected facts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE, help="folder to draw into (default: this one)")
    parser.add_argument("--only", nargs="+", choices=SAMPLES, metavar="NAME", help="file names; default: all")
    options = parser.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    for file in options.only or SAMPLES:
        SAMPLES[file](options.out / file)
        print(options.out / file, (options.out / file).stat().st_size)
    if not options.only:
        copy = options.out / DUPLICATE[0]
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(options.out / DUPLICATE[1], copy)
        facts = json.dumps(expected(options.out), ensure_ascii=False, indent=1)
        (options.out / "expected.json").write_text(facts + "\n", "utf-8")
        (options.out / "drawn_with.json").write_text(json.dumps(drawn_with(), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
