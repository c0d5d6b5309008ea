"""Retention periods: proposed by the first rule that fits, with the words it cites."""

from pathlib import Path

import pytest

from pipeline.description.retention import propose, read_rules
from pipeline.errors import FileAccessError, UsageError


def test_the_rules_that_are_shipped() -> None:
    rules = read_rules(None)
    assert len(rules) > 3
    found = propose(rules, {"title": "关于李四同志任职的通知"})
    assert found is not None
    assert (found.period, found.words) == ("永久", "任职")
    assert "第七条" in found.cite
    assert propose(rules, {"title": "某某", "text": "任职"}) is None


def test_all_patterns_must_fit_and_the_exception_must_not(tmp_path: Path) -> None:
    path = tmp_path / "期限表.toml"
    path.write_text('[[rule]]\nperiod="30年"\ncite="本馆表1.2"\ntitle="总结"\nissuer="镇"\nunless="季度"\n', "utf-8")
    rules = read_rules(path)
    fits = propose(rules, {"title": "工作总结", "issuer": "柳溪镇人民政府"})
    assert fits is not None
    assert (fits.period, fits.cite, fits.rule, fits.words) == ("30年", "本馆表1.2", 1, "总结，镇")
    assert propose(rules, {"title": "工作总结", "issuer": "县政府"}) is None
    assert propose(rules, {"title": "季度工作总结", "issuer": "柳溪镇"}) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "must hold"),
        ("x", "no TOML"),
        ('[[rule]]\nperiod="永久"\ncite="一"\n', "one of title, number"),
        ('[[rule]]\nperiod="永久"\ntitle="总结"\n', "rule 1: cite"),
        ('[[rule]]\nperiod="永久"\ncite="一"\ntitle="("\n', "rule 1: '\\(' is no regular expression"),
        ('[[rule]]\nperiod="永久"\ncite="一"\ntitel="总结"\n', "'titel' is not known"),
        ('[[rule]]\nperiod=30\ncite="一"\ntitle="总结"\n', "must be text"),
    ],
)
def test_wrong_rules_are_named(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=why):
        read_rules(path)


def test_an_absent_file(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError):
        read_rules(tmp_path / "absent.toml")
