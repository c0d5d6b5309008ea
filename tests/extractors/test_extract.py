"""Properties of the whole extraction, on texts that nobody chose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from extractors import _frame, _spacy
from schemas.page import TextBlock
from schemas.settings import ExtractSettings

PHRASES = (
    "柳溪镇,石桥村,杏花社区,云湾、桐坳等村,48名网格员,近百人,1100余户,2—3名,百分之三十,７６．９％,60万元,"
    "上万元,2019年7月1日,近年来,每周五,《村规民约》,柳政发〔2019〕3号,策划 柳青,村支部书记王小山说，,"
    "“最美庭院”评比活动,党建责任制,柳溪镇党委,区委、区政府,共8名，其中市派2名、区派7名,该镇印发,全村120户,占总人口的5%"
)
PIECES = st.sampled_from(
    [*PHRASES.split(","), *"到在和的、，。一二十万村镇12.—〔《》“”（）a \n\u3000\U00020000\ud800", "\r\n"]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80))


@settings(deadline=None)
@given(TEXTS)
def test_mentions_are_slices_of_any_text(text):
    facts = extractors.extract(text, [], ExtractSettings())
    mentions, ids = facts.mentions, {one.id for one in facts.mentions}
    assert all({one.subject_mention, one.object_mention} - {None} <= ids for one in facts.relations)
    assert all(set(one.mentions) <= ids for one in facts.checks)
    assert [one.id for one in mentions] == [f"m{number}" for number in range(1, len(mentions) + 1)]
    keys = [(one.start, one.end, one.kind) for one in mentions]
    assert keys == sorted(set(keys))
    for one in mentions:
        assert text[one.start : one.end] == one.text != ""
        assert "\n" not in one.text
        assert one.text == one.text.strip(" ")
        assert 0 < one.confidence <= 1


@settings(deadline=None, max_examples=20)
@given(TEXTS)
def test_extraction_is_deterministic(text):
    assert extractors.extract(text, [], ExtractSettings()) == extractors.extract(text, [], ExtractSettings())


@given(st.text(max_size=60))
def test_token_offsets_are_character_offsets(text):
    doc = _frame._pipeline("zh").make_doc(text)
    assert len(doc) == len(text)
    assert [token.idx for token in doc] == list(range(len(text)))


def test_overlapping_facts_are_spans_of_the_doc():
    doc = _frame._pipeline("zh")("柳溪镇石桥村48名党员，实施“石桥村”工程")
    labels = [(span.text, span.label_) for span in doc.spans[_spacy.FACTS]]
    assert ("石桥村", "village") in labels
    assert ("“石桥村”工程", "programme") in labels


def test_a_text_cut_in_pieces_gives_the_same_mentions(monkeypatch):
    text = "柳溪镇石桥村有48名党员。\n" * 30
    whole = extractors.extract(text, [], ExtractSettings())
    monkeypatch.setattr(_frame, "_PIECE", 40)
    assert extractors.extract(text, [], ExtractSettings()).mentions == whole.mentions


def test_a_mention_never_crosses_a_line_break():
    assert [one.text for one in extractors.extract("60\n万元，石桥\n村", [], ExtractSettings()).mentions] == []


def block(kind, page, start, end):
    return TextBlock(kind=kind, page=page, start=start, end=end)


def test_the_description_is_read_from_a_red_headed_document():
    head = ["柳溪镇人民政府文件", "柳政发〔2019〕3号", "关于加强网格管理的通知"]
    text = "\n".join([*head, "各村：", "石桥村先行试点，柳溪镇全镇推开。", "柳溪镇人民政府", "2019年7月1日"])
    at = text.index(head[2])
    facts = extractors.extract(text, [block("title", 1, at, at + len(head[2]))], ExtractSettings())
    assert facts.description.title == head[2]
    assert facts.description.document_number == "柳政发〔2019〕3号"
    assert facts.description.issuer == "柳溪镇人民政府"
    assert facts.description.date == "2019-07-01"
    assert facts.description.township is not None
    assert (facts.description.township.name, facts.description.township.inferred) == ("柳溪镇", True)


def test_the_users_township_is_taken_as_given():
    township = extractors.extract("石桥村", [], ExtractSettings(township="柳溪镇")).description.township
    assert township is not None
    assert (township.name, township.inferred, township.confidence) == ("柳溪镇", False, 1.0)


@pytest.mark.parametrize("text", ["", "\n", " ", "。"])
def test_nothing_is_found_in_nothing(text):
    facts = extractors.extract(text, [], ExtractSettings())
    assert facts.mentions == ()
    assert facts.description.township is None


def test_the_summary_has_every_fact_once_with_its_pages():
    text = "柳溪镇石桥村有48名党员。\n石桥村投资60万元。"
    blocks = [block("paragraph", 1, 0, text.index("\n")), block("paragraph", 2, text.index("\n") + 1, len(text))]
    summary = extractors.extract(text, blocks, ExtractSettings()).summary
    assert [(fact.label, fact.pages, len(fact.mentions)) for fact in summary.villages] == [("石桥村", (1, 2), 2)]
    assert [(fact.label, fact.pages) for fact in summary.counts] == [("石桥村 党员 48名", (1,))]
    assert [fact.label for fact in summary.money] == ["60万元"]
    assert [fact.label for fact in summary.townships] == ["柳溪镇"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Parish\nReport 32\n", "The Parish Report 32"),
        ("关于印发\n工作 总结的通知\n", "关于印发工作总结的通知"),
    ],
)
def test_title_lines_are_joined_as_they_are_written(text: str, title: str) -> None:
    first, second = text.index("\n"), text.index("\n", text.index("\n") + 1)
    blocks = [
        TextBlock(kind="title", page=1, start=0, end=first),
        TextBlock(kind="title", page=1, start=first + 1, end=second),
    ]
    assert extractors.extract(text, blocks, ExtractSettings()).description.title == title


def test_a_bare_number_is_no_title() -> None:
    assert extractors.extract("0.4\n全镇3个村。", [], ExtractSettings()).description.title is None
