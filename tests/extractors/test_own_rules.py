import pytest

import extractors
from schemas.settings import ExtractSettings

RULES = """
[[pattern]]
kind = "programme"
type = "campaign"
pattern = "“[^”]{2,12}”先锋行动"

[[pattern]]
kind = "village"
pattern = "驻(?P<name>柳湾)工作队"
canonical = "柳湾村"
township = "云岭镇"

[[list]]
kind = "organisation"
type = "company"
names = ["柳溪茶厂", "云湾果业"]
canonical = { "柳茶" = "柳溪茶厂" }

[[unit]]
name = "箩"
measure = "mass"
canonical_unit = "kg"
factor = 25
"""


def found(text, rules=RULES):
    return extractors.extract(text, [], ExtractSettings(rules=rules)).mentions


def test_patterns_lists_and_units_of_an_archive_are_found():
    text = "驻柳湾工作队开展“暖冬”先锋行动，柳茶收茶３０箩，柳溪茶厂收20余箩。"
    own = [one for one in found(text) if one.rule.startswith("own.")]
    assert [(one.kind, one.text, one.rule) for one in own] == [
        ("village", "柳湾", "own.pattern"),
        ("programme", "“暖冬”先锋行动", "own.pattern"),
        ("organisation", "柳茶", "own.list"),
        ("count", "３０箩", "own.unit"),
        ("organisation", "柳溪茶厂", "own.list"),
        ("count", "20余箩", "own.unit"),
    ]
    village, _, short, exact, full, least = (one.value for one in own)
    assert (village.canonical, village.township) == ("柳湾村", "云岭镇")
    assert short.canonical == full.canonical == "柳溪茶厂"
    assert (exact.canonical_value, exact.canonical_unit) == (750.0, "kg")
    assert (least.min, least.canonical_min, least.max) == (20.0, 500.0, None)


def test_own_rules_win_over_those_of_the_house():
    text = "实施“领头雁”工程。"
    rules = (
        '[[list]]\nkind = "programme"\ntype = "plan"\nnames = ["“领头雁”工程"]\ncanonical = {"领头雁" = "头雁计划"}\n'
    )
    (one,) = [one for one in found(text, rules) if one.kind == "programme"]
    assert (one.rule, one.value.type) == ("own.list", "plan")


@pytest.mark.parametrize(
    ("rules", "line", "why"),
    [
        ('[[pattern]]\nkind = "programme"\npattern = "(行动"', 3, "regular expression"),
        ('\n[[pattern]]\nkind = "count"\npattern = "行动"', 3, "kind"),
        ('[[pattern]]\nkind = "place"\npattern = "a*"', 3, "empty text"),
        ('[[pattern]]\nkind = "place"', 1, "no pattern"),
        ('[[list]]\nkind = "place"\nnames = ["甲", 3]', 3, "is no name"),
        ('[[list]]\nkind = "place"\nname = ["甲"]', 3, "not known"),
        ('[[list]]\nkind = "programme"\ntype = "party"\nnames = ["甲"]', 3, "type of a programme"),
        ('[[list]]\nkind = "person"\nnames = ["王甲"]\n\n[[list]]\nkind = "person"\nnames = "王乙"', 7, "list in"),
        ('[[unit]]\nname = "箩"\nmeasure = "weight"', 3, "measure is one of"),
        ('[[unit]]\nname = "箩"\nmeasure = "mass"\nfactor = 0\ncanonical_unit = "kg"', 4, "more than 0"),
        ('[[unit]]\nname = "箩"\nmeasure = "mass"\nfactor = 25', 4, "belong together"),
        ('[[rule]]\nkind = "place"', 1, "no kind of rule"),
        ('[pattern]\nkind = "place"', 1, "two brackets"),
        ('[[pattern]]\nkind = "place\n', 2, ""),
    ],
)
def test_a_wrong_rule_is_an_error_that_names_its_line(rules, line, why):
    with pytest.raises(ValueError, match=rf"line {line}\b.*{why}"):
        extractors.check_rules(rules)


def test_a_trained_pipeline_gives_suggestions_only(tmp_path):
    import spacy

    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "柳溪茶厂"}, {"label": "QUANTITY", "pattern": "三十"}])
    nlp.to_disk(tmp_path / "model")
    text = "第一行。\n柳溪茶厂收茶三十担。"
    mentions = extractors.extract(text, [], ExtractSettings(model=str(tmp_path / "model"))).mentions
    (one,) = [one for one in mentions if one.rule == "own.model"]
    assert (one.kind, one.text, text[one.start : one.end]) == ("organisation", "柳溪茶厂", "柳溪茶厂")
    assert one.confidence < 0.5


def test_a_folder_without_a_pipeline_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="holds no spaCy pipeline"):
        extractors.extract("柳溪镇", [], ExtractSettings(model=str(tmp_path)))
