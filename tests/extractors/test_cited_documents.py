"""Documents that are cited: titles, numbers, issuers, dates; in a county and a town that do not exist."""

import pytest

import extractors
from schemas.settings import ExtractSettings


def documents(text):
    return [one for one in extractors.extract(text, [], ExtractSettings()).mentions if one.kind == "document"]


@pytest.mark.parametrize(
    ("text", "title", "number", "issuer"),
    [
        ("镇党委印发了《网格管理办法》。", "网格管理办法", None, "镇党委"),
        ("柳溪镇人民政府制定《村务公开细则（试行）》。", "村务公开细则（试行）", None, "柳溪镇人民政府"),
        ("县委《关于加强基层建设的意见》（柳发〔2019〕3号）", "关于加强基层建设的意见", "柳发〔2019〕3号", "县委"),
        ("省委、省政府印发《乡村振兴规划》", "乡村振兴规划", None, "省委、省政府"),
        ("按照《关于植树的通知》(柳政办发[2018]7号)", "关于植树的通知", "柳政办发[2018]7号", None),
        ("按照柳政发(2018〕7号文件《关于植树的通知》", "关于植树的通知", "柳政发(2018〕7号", None),
        ("《柳溪县民政局关于救助的批复》", "柳溪县民政局关于救助的批复", None, "柳溪县民政局"),
        ("《关于印发〈环境整治方案〉的通知》", "关于印发〈环境整治方案〉的通知", None, None),
        ("《关于转发《环境整治方案》的通知》", "关于转发《环境整治方案》的通知", None, None),
        ("《关于进一步做好\n春季植树的通知》", "关于进一步做好春季植树的通知", None, None),
        ("落实《关于做好春季植树的通知，各村", "关于做好春季植树的通知", None, None),
    ],
)
def test_a_title_with_its_number_and_its_issuer(text, title, number, issuer):
    (one,) = documents(text)
    assert text[one.start : one.end] == one.text
    assert (one.value.title, one.value.number, one.value.issuer) == (title, number, issuer)
    assert one.confidence >= 0.9


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据柳政发〔2019〕3号精神", "柳政发〔2019〕3号"),
        ("关于转发柳办字【2020】15号文的通知", "柳办字【2020】15号"),
        ("依据国务院令第591号", "国务院令第591号"),
        ("柳民〔2019〕第12号", "柳民〔2019〕第12号"),
    ],
)
def test_a_number_alone(text, number):
    (one,) = documents(text)
    assert (one.text, one.value.number, one.value.title) == (number, number, "")


def test_a_list_of_titles_has_one_issuer_and_one_date():
    text = "2019年7月，镇党委印发《学习制度》、《考核办法》和《奖惩细则》，另有《倡议书》。"
    found = [(one.value.title, one.value.issuer, one.value.date) for one in documents(text)]
    assert found[:3] == [(title, "镇党委", "2019-07") for title in ("学习制度", "考核办法", "奖惩细则")]
    assert found[3] == ("倡议书", None, None)


def test_this_town_is_the_one_the_document_is_about():
    text = "柳溪镇抓好档案工作。该镇加强制度建设，印发了《档案管理办法》。"
    assert [one.value.issuer for one in documents(text)] == ["柳溪镇"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("柳溪镇地处县城东部。该镇印发《网格管理办法》。", "柳溪镇"),
        ("柳溪镇地处县城东部。我镇制定了《网格管理办法》。", "柳溪镇"),
        ("该镇印发《网格管理办法》。", None),
        ("石桥村抓好自治。该村制定《议事规则》。", "石桥村"),
        ("柳溪镇地处县城东部。该局印发《监管细则》。", None),
        ("柳溪镇地处县城东部。该公司制定《用工办法》。", None),
        ("柳溪镇地处县城东部。该镇党委印发《网格管理办法》。", "镇党委"),
    ],
)
def test_a_body_that_is_named_before_is_no_issuer_by_its_kind_alone(text, issuer):
    assert [one.value.issuer for one in documents(text)] == [issuer]


def test_newspapers_are_no_documents_and_songs_hardly():
    assert documents("据《柳溪日报》报道，《新闻联播》播出") == []
    assert [one.confidence < 0.5 for one in documents("村民合唱《石桥之歌》，《柳氏家谱》记载")] == [True, True]


def test_an_unclosed_title_takes_no_time():
    text = "《" * 20_000 + "关于" * 20_000
    assert documents(text) == []
