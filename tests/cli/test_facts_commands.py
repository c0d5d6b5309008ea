"""Commands about facts: profiles, checks, gazetteer, own rules, try, eval; in a real process, in plain words."""

import json
from pathlib import Path

import pytest

from commands import Command

REPORT = """柳溪镇{year}年工作总结

柳溪镇全镇共有3个村。青石村投资{money}万元修建文化广场，共有50名党员参加。

青石村组织群众学习。

柳溪镇人民政府
{year}年12月20日
"""


@pytest.fixture
def two_years(xiangdang: Command, tmp_path: Path) -> Path:
    """An archive of two yearly reports of one township."""
    for year, money in ((2018, 60), (2019, 70)):
        (tmp_path / f"r{year}.txt").write_text(REPORT.format(year=year, money=money), "utf-8")
    xiangdang("run", "r2018.txt", "r2019.txt", "--progress", "none")
    return tmp_path


def test_show_village_gives_documents_and_facts_by_year(xiangdang: Command, two_years: Path) -> None:
    shown = xiangdang("show", "village", "青石村").stdout
    assert shown.startswith("# 青石村\n")
    assert shown.index("## 2018") < shown.index("r2018.txt") < shown.index("## 2019") < shown.index("r2019.txt")
    assert "60万元" in shown
    found = json.loads(xiangdang("show", "village", "青石村", "--json").stdout)
    assert [year["year"] for year in found["years"]] == ["2018", "2019"]
    (money,) = [fact for fact in found["years"][0]["facts"] if fact["kind"] == "money"]
    assert (money["page"], money["value"]["amount"]) == (1, "600000")
    assert money["link"] in ("stated", "sentence")


def test_show_township_takes_a_year(xiangdang: Command, two_years: Path) -> None:
    shown = xiangdang("show", "township", "柳溪镇", "--year", "2019").stdout
    assert "r2019.txt" in shown
    assert "r2018.txt" not in shown
    assert "青石村" in shown


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show", "village", "没有村"], 6, "没有村"),
        (["show", "village", "青石村", "--year", "19"], 2, "--year 2019"),
        (["show", "village", "青石村", "--text"], 2, "--markdown"),
        (["check", "nothing*"], 6, "nothing*"),
        (["check", "-"], 6, "stdin"),
        (["gazetteer", "import", "absent.csv"], 5, "absent.csv"),
        (["extract", "--spacy-model", "."], 2, "meta.json"),
        (["extract", "--rules", "absent.toml"], 5, "absent.toml"),
    ],
)
def test_errors_name_cause_and_remedy(
    xiangdang: Command, two_years: Path, arguments: list[str], code: int, words: str
) -> None:
    done = xiangdang(*arguments, code=code)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_document_as_a_readable_page(xiangdang: Command, two_years: Path) -> None:
    shown = xiangdang("show", "r2018.txt", "--markdown").stdout
    assert "- **Source:** r2018.txt" in shown
    assert "## Counts" in shown


def test_check_lists_and_gates(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "柳溪镇现有党员200名，其中男党员150名，女党员60名。\n\n全镇有村医9名，其中男村医5名，女村医4名。", "utf-8"
    )
    xiangdang("run", "a.txt", "--progress", "none")
    everything = [json.loads(line) for line in xiangdang("check", "--all", "--json").stdout.splitlines()]
    assert everything == sorted(everything, key=lambda one: one["holds"])
    failed = [one for one in everything if not one["holds"]]
    assert failed
    assert all(one["page"] == 1 and one["source"] == "a.txt" for one in failed)
    kind = failed[0]["kind"]
    assert len(xiangdang("check", "--json").stdout.splitlines()) == len(failed)
    assert "a.txt, page 1" in xiangdang("check", "--kind", kind).stdout
    assert xiangdang("check", "--kind", "jump").stdout == ""
    xiangdang("check", "--fail-on", f"jump,{kind}", code=10)
    xiangdang("check", "--fail-on", "any", code=10)
    xiangdang("check", "--fail-on", "jump")


def test_an_own_gazetteer_comes_in_gbk_and_changes_what_is_extracted(xiangdang: Command, two_years: Path) -> None:
    assert xiangdang("gazetteer", "list").stdout == ""
    table = "name,kind,township,aliases\n青石新村,村,柳溪镇,青石村\n"
    (two_years / "places.csv").write_bytes(table.encode("gbk"))
    assert "1 new" in xiangdang("gazetteer", "import", "places.csv").stderr
    assert (
        xiangdang("gazetteer", "list", "--csv").stdout.splitlines()[0] == "name,kind,township,aliases,from,to,successor"
    )
    assert json.loads(xiangdang("gazetteer", "list", "--json").stdout)["name"] == "青石新村"
    assert xiangdang("show", "village", "青石村").stdout.startswith("# 青石新村")
    states = "select fingerprint from ledger where stage = 'extract' order by item"
    before = ledger(two_years, states)
    xiangdang("run", "r2018.txt", "--progress", "none")
    assert len(set(ledger(two_years, states)) - set(before)) == 1
    (two_years / "bad.csv").write_text("name,from\n青石村,昨天\n", "utf-8")
    assert "bad.csv: line 2" in xiangdang("gazetteer", "import", "bad.csv", code=2).stderr


def ledger(folder: Path, question: str) -> list[str]:
    import sqlite3

    connection = sqlite3.connect(folder / "archive" / "archive.db")
    try:
        return [row[0] for row in connection.execute(question)]
    finally:
        connection.close()


def test_own_rules_are_checked_before_anything_starts_and_join_names(xiangdang: Command, two_years: Path) -> None:
    rules = two_years / "archive" / "rules.toml"
    rules.write_text('[[list]]\nkind = "programme"\nnames = []\nkolour = 1\n', "utf-8")
    for command in (("run", "r2018.txt"), ("extract",), ("load",), ("try", "青石村")):
        done = xiangdang(*command, code=2)
        assert "rules.toml: line 4" in done.stderr
    rules.write_text(
        '[[list]]\nkind = "programme"\nnames = ["文化广场"]\ncanonical = { "群众学习" = "文化广场" }\n', "utf-8"
    )
    xiangdang("extract", "--progress", "none")
    xiangdang("load", "--progress", "none")
    assert json.loads(xiangdang("show", "programme", "群众学习", "--json").stdout)["name"] == "文化广场"
    rules.write_text('[[list]]\nkind = "programme"\nnames = ["x"]\ncanonical = { "文化广场" = "文化乐园" }\n', "utf-8")
    xiangdang("load", "--progress", "none")
    assert xiangdang("show", "programme", "文化广场").stdout.startswith("# 文化乐园")


def test_try_shows_what_is_found_and_by_which_rule(xiangdang: Command, tmp_path: Path) -> None:
    lines = xiangdang("try", "柳溪镇青石村投资60万元。").stdout.splitlines()
    assert lines[0].split() == ["kind", "text", "value", "rule", "confidence"]
    (money,) = [line for line in lines if line.startswith("money")]
    assert "amount=600000" in money
    assert "money." in money
    found = json.loads(xiangdang("try", "--json", "柳溪镇青石村投资60万元。").stdout)
    assert {"village", "township", "money"} <= {mention["kind"] for mention in found["mentions"]}
    (tmp_path / "t.txt").write_bytes("柳溪镇投资60万元。".encode("gbk"))
    assert "600000" in xiangdang("try", "@t.txt").stdout
    assert "absent" in xiangdang("try", "@absent", code=5).stderr
    assert "Nothing" in xiangdang("try", "。").stderr
    assert not (tmp_path / "archive").exists()


def test_try_uses_rules_that_are_named(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[[list]]\nkind = "programme"\nnames = ["灯火里"]\n', "utf-8")
    assert "灯火里" not in xiangdang("try", "举办灯火里").stdout
    assert "own.list" in xiangdang("try", "举办灯火里", "--rules", "own.toml").stdout


def test_a_trained_pipeline_gives_suggestions_only(xiangdang: Command, tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "灯火里"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    (line,) = [x for x in xiangdang("try", "举办灯火里", "--spacy-model", "model").stdout.splitlines() if "灯火里" in x]
    assert line.split()[0] == "person"
    assert line.endswith("?")


def test_eval_measures_facts_and_gates(xiangdang: Command, two_years: Path) -> None:
    gold = {"document": "r2018", "text": REPORT.format(year=2018, money=60), "kinds": ["money"], "facts": []}
    (two_years / "gold").mkdir()
    (two_years / "gold" / "r2018.facts.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    (two_years / "gate.json").write_text('{"f1.money": 0.99}', "utf-8")
    xiangdang("eval", "facts", "gold")
    assert "f1.money" in xiangdang("eval", "facts", "gold", "--gate", "gate.json", code=10).stderr
