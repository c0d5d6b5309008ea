"""Villages, townships and regions: names as they are printed, and words that are none."""

import pytest

import extractors
from schemas.page import TextBlock
from schemas.settings import ExtractSettings


def found(text, kind):
    facts = extractors.extract(text, [], ExtractSettings())
    for one in facts.mentions:
        assert text[one.start : one.end] == one.text
    return [one.value.canonical for one in facts.mentions if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("村民住在雅山村，那个小山村不远，小山村变了样", ["雅山村"]),
        ("辖罗店村、三甲山村、鹿村、对岳村。", ["罗店村", "三甲山村", "鹿村", "对岳村"]),
        ("到东关一村、三里村和八里庄村", ["东关一村", "三里村", "八里庄村"]),
        ("位于前王庄村与南岭村之间", ["前王庄村", "南岭村"]),
        ("后来去厦门青礁村看了看", ["青礁村"]),
        ("榆树屯、桐坳、于兴屯、云湾四个自然村", ["榆树屯村", "桐坳村", "于兴屯村", "云湾村"]),
        ("南街、北街两个居委会", ["南街居委会", "北街居委会"]),
        ("李家庄的李大叔和王家沟的王大妈", ["李家庄", "王家沟"]),
        ("榆店村李家屯修路", ["榆店村", "李家屯"]),
        ("东、西袁旗营两个大队，1984年改为东、西2个行政村", ["东袁旗营", "西袁旗营", "东袁旗营", "西袁旗营"]),
        ("属云岭县二区（刘庄）", ["刘庄"]),
        ("在乌和日朝鲁嘎查担任第一书记", ["乌和日朝鲁嘎查"]),
        ("石桥村、云湾村和榆店村是“明星村”“豆腐村”", ["石桥村", "云湾村", "榆店村"]),
        ("云岭县柳溪镇明星村", ["明星村"]),
        ("镇政府驻石桥村，辖云湾村", ["石桥村", "云湾村"]),
        ("干部下村，书记来村，工作队因村施策，带着剧团走村串户", []),
        ("吃住在村，被推选为村党支部书记，新一轮的走村", []),
        ("整顿软弱涣散村，建设标准化村卫生室，20世纪90年代前村里缺水", []),
        ("全乡通自来水村4个，另一村，近两年村上的变化，两任村支书", []),
        ("5个村的代表，哪个村，外村，邻村，新村建设，移民新村", []),
        ("村两委、村史馆、村规民约、乡镇卫生院", []),
    ],
)
def test_villages(text, names):
    assert found(text, "village") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("东与黄土岗镇接壤，南邻双河乡，西靠太平镇", ["黄土岗镇", "双河乡", "太平镇"]),
        ("大竹县中和乡清凉村，庙坝镇长乐村", ["中和乡", "庙坝镇"]),
        ("在云湾、桐坳、榆店乡推开", ["云湾乡", "桐坳乡", "榆店乡"]),
        ("去年柳溪镇增收，1998年柳溪镇通车", ["柳溪镇", "柳溪镇"]),
        ("1958年成立柳溪人民公社，1961年改为柳溪区，1984年改为柳溪乡", ["柳溪人民公社", "柳溪区", "柳溪乡"]),
        ("推进城镇化，工业兴镇，撤乡设镇，1984年复乡，三峡橘乡，农民工回乡", []),
        ("固镇县、金乡县、宁乡市、景德镇市", []),
        ("村镇银行、各镇街、建制镇、中心镇、副镇长", []),
    ],
)
def test_townships(text, names):
    assert found(text, "township") == names


def test_names_broken_over_lines_and_pages_are_whole():
    words = "柳溪镇党委坚持带领群众修路架桥发展产业到石桥村走访慰问，帮助解决实际问题，推动工作落实见效。"
    broken = set()
    for width in range(30, 36):
        text = "\n".join((words * 4)[at : at + width] for at in range(0, len(words) * 4, width))
        assert found(text, "village") == ["石桥村"] * 4
        assert found(text, "township") == ["柳溪镇"] * 4
        broken |= {one.text for one in extractors.extract(text, [], ExtractSettings()).mentions if "\n" in one.text}
    assert {one.replace("\n", "") for one in broken} >= {"石桥村", "柳溪镇"}
    paged = "他们来到石桥\n— 3 —\n村走访"
    at = paged.index("村走访")
    blocks = [
        TextBlock(kind="paragraph", page=1, start=0, end=6),
        TextBlock(kind="paragraph", page=2, start=at, end=len(paged), continues=6),
    ]
    facts = extractors.extract(paged, blocks, ExtractSettings())
    assert [one.value.canonical for one in facts.mentions if one.kind == "village"] == ["石桥村"]


def test_anaphors_stand_for_what_was_named():
    text = "柳溪镇石桥村地处山区。该村绿化好。杏花镇云湾村临河，全村有鱼塘，该镇产茶。柳溪镇水多。全镇种稻。"
    facts = extractors.extract(text, [], ExtractSettings(township="柳溪镇"))
    refers = [one for one in facts.relations if one.predicate == "refers_to"]
    assert [(text[one.start : one.end], one.object) for one in refers] == [
        ("该村", "石桥村"),
        ("全村", "云湾村"),
        ("该镇", "杏花镇"),
        ("全镇", "柳溪镇"),
    ]
    mentions = {one.id: one.value.canonical for one in facts.mentions if one.kind in ("village", "township")}
    assert all(mentions[one.object_mention] == one.object for one in refers)


def test_the_cost_is_linear_in_the_length():
    text = "村镇乡、" * 2000 + "东、西、南、北、" * 2000 + "安庄、" * 2000 + "全镇该村" * 1000
    assert extractors.extract(text, [], ExtractSettings()).mentions is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("第三节  柳 溪 镇", ["柳溪镇"]),
        ("1956年撤区并乡，设柳溪、石门两个大乡。", ["柳溪乡", "石门乡"]),
        ("原柳溪乡（现石门镇）。", ["柳溪乡", "石门镇"]),
        ("1985年改柳溪乡；建石门乡。", ["柳溪乡", "石门乡"]),
        ("1956年分属东大屯乡、龙山集乡。大屯乡好，大屯乡富。", ["东大屯乡", "龙山集乡", "大屯乡", "大屯乡"]),
    ],
)
def test_townships_in_headings_and_histories(text, names):
    found = extractors.extract(text, [], ExtractSettings()).mentions
    assert [one.value.canonical for one in found if one.kind == "township"] == names


@pytest.mark.parametrize(
    ("text", "name"), [("长乐江田镇三溪村发生火灾。", "江田镇"), ("宁夏西吉县将台堡镇明台村。", "将台堡镇")]
)
def test_the_gazetteer_tells_where_a_township_begins(text, name):
    if extractors.gazetteer_version() is None:
        pytest.skip("the official gazetteer (jionlp) is not installed")
    (one,) = [one for one in extractors.extract(text, [], ExtractSettings()).mentions if one.kind == "township"]
    assert one.text == name


def test_a_word_that_begins_with_the_suffix_hides_no_name():
    assert [one.text for one in extractors.extract("龙泉社区卫生服务站建成。", [], ExtractSettings()).mentions] == [
        "龙泉社区"
    ]
    assert not [
        one
        for one in extractors.extract("推进社区卫生服务，走村串户。", [], ExtractSettings()).mentions
        if one.kind == "village"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("解决了出行难；冯镇村的路修好了。", ["冯镇村"]),
        ("云湾街道其木台村的信访很多。", ["其木台村"]),
        ("关于毋村堡的线索来了。随后，毋村堡修了路。", ["毋村堡", "毋村堡"]),
        ("到云岭村来。2019年云岭村集体收入翻番，云岭村里修了路。", ["云岭村"] * 3),
        ("云岭村变了样，云岭自然学校开学。", ["云岭村"]),
        ("云岭村变了样，提高了云岭乡村旅游的名声。", ["云岭村", "云岭村"]),
        ("结合“十美村、十差村”评比，奖励先进。", []),
        ("确定了“强组织、建产业、亮新村”的工作思路。", []),
        ("他创办了七八家村办企业。", []),
        ("会议原则同意青石村将水面租赁。", ["青石村"]),
        ("借据上由村班子成员签字。", []),
        ("实施7个县级多村连片产业园。", []),
        ("洋河镇集后辛庄村区位好。", ["集后辛庄村"]),
    ],
)
def test_villages_told_by_what_stands_around_them(text, names):
    assert found(text, "village") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1955年，撤区设柳集中心乡。", ["柳集中心乡"]),
        ("有面粉厂、榨油厂等小型乡办企业。", []),
        ("1986年,乡驻地街道全是土路。", []),
        ("种了一辈子大蒜的济宁金乡韩大爷。", []),
    ],
)
def test_townships_told_by_what_stands_around_them(text, names):
    assert found(text, "township") == names
