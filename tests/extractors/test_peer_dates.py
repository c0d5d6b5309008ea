"""Test cases of public time libraries, where our definitions are theirs.

Left out on purpose: times of a day alone and durations (they are counts), solar terms,
a weekday alone (it has no value), American and two-digit forms (12/1, 13.5.2015, 24年), what begins `from now on`.
"""

import ast
import json
import re
from pathlib import Path

import pytest

import extractors
from schemas.settings import ExtractSettings

SPECS = Path(__file__).parents[2] / "../shared/data/peer-specs"
BASES = {"_ts_1": [2021, 6, 14], "_ts_2": [2021, 9, 1]}
CLOCK = re.compile("[点分秒刻钟时]|[:：]|小时|[早晚]|[上下中]午|凌晨|半夜|白天|午后")
TERMS = re.compile("[大小]寒|芒种|冬至|母亲节|感恩节|[除大]夕|大年")
TRADITIONAL = re.compile("[週個後號這現來為兩時點們會禮國慶節]|今個|而家|今[星礼]|[尋聽]日")


def cases(name):
    path = SPECS / name
    if not path.exists():
        pytest.skip("the peers' test cases are not beside the repository")
    return json.loads(path.read_text("utf-8-sig"))


def dates(text, base=None):
    signed = "。\n\n……\n{}年{}月{}日\n".format(*base) if base else ""
    found = extractors.extract(text + signed, [], ExtractSettings()).mentions
    return [one for one in found if one.kind == "date" and one.start < len(text)]


def overlap(one, other):
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def agree(text, expected):
    found = [(one.start, one.end) for one in dates(text)]
    return len(found) == len(expected) and all(overlap(*pair) >= 0.5 for pair in zip(found, expected, strict=True))


def span(text, result):
    """Start and end of a result of Recognizers-Text, whose ends are inclusive, given or not."""
    start = result.get("Start", text.find(result["Text"]))
    return start, start + len(result["Text"])


def first(iso):
    return "-".join([*iso.split("-"), "01", "01"][:3])


def covers(value, begin, end):
    """The expected span lies in what the printed words allow: 2021-06 is any day of it."""
    return (value.start is None or begin.startswith(value.start)) and (value.end is None or end.startswith(value.end))


def parser_cases(kind, definition=None):
    for case in cases("jionlp/test_time_parser.json")["cases"]:
        source = case.get("case_src")
        if source:
            for name, day in BASES.items():
                source = source.replace(name, repr(day))
            if "time.time" in source or "datetime" in source:
                continue
        text, base, *_, expected = ast.literal_eval(source) if source else case["case"]
        if expected["type"] in kind and definition in (None, expected["definition"]) and isinstance(base, list | None):
            yield text, None if base is None else [*base, 1, 1][:3], expected["time"]


def rate(passed):
    passed = list(passed)
    return sum(passed) / len(passed)


def test_spans_of_jionlps_extractor():
    passed = []
    for case in cases("jionlp/test_time_extractor.json")["cases"]:
        text, expected = case["case"]
        if not any(re.fullmatch("[0-9十一二三点时分：:到至零半]+", one["text"]) for one in expected):
            passed.append(agree(text, [tuple(one["offset"]) for one in expected]))
    assert rate(passed) >= 0.9


def test_days_and_periods_of_jionlps_parser():
    passed = []
    for text, base, (begin, end) in parser_cases(("time_point", "time_span"), "accurate"):
        if not CLOCK.search(text) and not TERMS.search(text):
            found = dates(text, base)
            value = found[0].value if len(found) == 1 else None
            passed.append(value is not None and bool(value.start or value.end) and covers(value, begin, end))
    assert rate(passed) >= 0.65


def test_repetitions_of_jionlps_parser():
    passed = [
        len(found := dates(text, base)) == 1 and found[0].value.recurrence is not None
        for text, base, _ in parser_cases(("time_period",))
    ]
    assert rate(passed) >= 0.8


def test_durations_are_counts_and_no_dates():
    assert rate(not dates(text) for text, _, _ in parser_cases(("time_delta",))) == 1


def test_days_weeks_months_and_years_of_duckling():
    expectation = re.compile(r"\(datetime \((\d+), (\d+), (\d+), \d+, \d+, \d+\) (?:Day|Week|Month|Year|Quarter)\)")
    passed = []
    for case in cases("duckling-zh/Time_ZH_Corpus.json")["cases"]:
        match = expectation.match(case["expect"])
        alone = re.fullmatch("(?:下|这)?(?:星期|周|礼拜).", case["text"])
        if match and not alone and not TRADITIONAL.search(case["text"]) and "/" not in case["text"]:
            found = dates(case["text"], [2013, 2, 12])
            start = found[0].value.start if found else None
            passed.append(start is not None and first(start) == "{:>04}-{:>02}-{:>02}".format(*match.groups()))
    assert rate(passed) >= 0.8


@pytest.mark.parametrize(
    ("name", "least"),
    [("DateExtractor", 0.73), ("DatePeriodExtractor", 0.8), ("DateTimeExtractor", 0.85), ("SetExtractor", 1.0)],
)
def test_spans_of_recognizers_text(name, least):
    passed = []
    for case in cases(f"recognizers-text-chinese/DateTime__{name}.json"):
        if "python" not in case.get("NotSupported", "") and not TRADITIONAL.search(case["Input"]):
            passed.append(agree(case["Input"], [span(case["Input"], one) for one in case["Results"]]))
    assert rate(passed) >= least
