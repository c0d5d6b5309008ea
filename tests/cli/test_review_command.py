"""`xiangdang review`: the queue, decisions and their conflicts, the round trip through a spreadsheet, double keying."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from batches import pages
from commands import Command, environment, xiangdang_command

SCAN = (
    "柳溪镇工作总结",
    "2019年7月，清水衬新增低保户1100户。\t2019年7月，清水村新增低保户1100户。",
    "石桥村修路3公里，投资60万元。",
    "=丨丶\t",
    "全镇共有党员50名，其中男党员41名，女党员10名。",
)
PLAIN = "青山乡通报\n青山乡现有12个村，石桥付获奖。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scan of one page, read by an engine that is not sure, a text, and the archive made of them."""
    folder = tmp_path_factory.mktemp("review")
    pages(folder / "scan.tif", 1)
    (folder / "scan.tif.txt").write_text("\n".join(SCAN), "utf-8")
    (folder / "plain.txt").write_text(PLAIN, "utf-8")
    arguments = ("run", "scan.tif", "plain.txt", "--engine", "unsure", "--in-place", "--progress", "none")
    subprocess.run(xiangdang_command(*arguments), cwd=folder, env=environment(), check=True, capture_output=True)
    return folder


@pytest.fixture
def review(made: Path, xiangdang: Command, tmp_path: Path) -> Callable[..., Any]:
    """Runs `xiangdang review` on a copy of that archive."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return lambda *arguments, **more: xiangdang("review", *arguments, **more)


def items(review: Callable[..., Any], *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in review("list", "--json", "--limit", "0", *arguments).stdout.splitlines()]


def misread(review: Callable[..., Any]) -> dict[str, Any]:
    """The doubtful line that states facts."""
    return next(item for item in items(review, "--kind", "line") if "清水" in item["text"])


def test_list_shows_what_waits_most_gain_first(review: Callable[..., Any]) -> None:
    found = items(review)
    gains = [item["gain"] for item in found]
    assert gains == sorted(gains, reverse=True)
    assert {"line", "mention", "field"} <= {item["target"] for item in found}
    assert found[0]["suggestion"] == "2019年7月，清水村新增低保户1100户。"
    shown = review("list", "--limit", "2")
    assert found[0]["id"] in shown.stdout
    assert "a second reader read something else" in shown.stdout
    assert "2 shown; more wait" in shown.stderr
    assert {item["target"] for item in items(review, "--kind", "field")} == {"field"}
    assert {item["source"] for item in items(review, "plain.txt")} == {"plain.txt"}


def test_csv_of_the_list_is_never_run(review: Callable[..., Any]) -> None:
    rows = list(csv.DictReader(review("list", "--csv", "--limit", "0").stdout.splitlines()))
    assert "'=丨丶" in {row["text"] for row in rows}


def test_next_shows_all_that_is_needed_and_its_commands_work(
    review: Callable[..., Any], xiangdang: Command, tmp_path: Path
) -> None:
    shown = review("next", "--crop", "line.png").stdout
    assert "清水村新增" in shown
    assert "Line before:   柳溪镇工作总结" in shown
    assert "【2019年7月" in shown
    assert list(tmp_path.glob("line.*"))
    command = next(line.split()[1:] for line in shown.splitlines() if " review fix " in line)
    done = xiangdang(*command)
    assert "applied" in done.stdout
    assert "清水村新增低保户" in xiangdang("show", "scan.tif", "--text").stdout
    assert "清水村" not in [item["text"] for item in items(review)]
    assert xiangdang("search", "清水村", "--json").stdout.count("\n") == 1


def test_the_second_sees_who_changed_what(review: Callable[..., Any]) -> None:
    one = misread(review)["id"]
    review("fix", one, "2019年7月，清水村新增低保户1100户。", "--who", "李敏", "--note", "对照原件")
    again = review("fix", one, "2019年7月，清水村新增低保户1100户。", "--who", "王华")
    assert "unchanged: 李敏 decided so on" in again.stderr
    other = review("fix", one, "2019年7月，清水屯新增低保户1100户。", "--who", "王华", code=5)
    assert "李敏 changed it from “2019年7月，清水衬新增低保户1100户。” to" in other.stderr
    assert "李敏 changed it" in review("show", one, code=6).stderr
    (verdict,) = [json.loads(line) for line in review("history", "--json").stdout.splitlines()]
    assert (verdict["who"], verdict["note"], verdict["path"]) == ("李敏", "对照原件", "scan.tif")
    assert "李敏" in review("history", "scan.tif").stdout
    assert review("history", "plain.txt").stdout == ""


def test_things_are_corrected_by_their_place(review: Callable[..., Any], xiangdang: Command) -> None:
    review("fix", "scan.tif", "--page", "1", "--line", "3", "石桥村修路4公里，投资60万元。")
    review("fix", "plain.txt", "--field", "title", "青山乡的通报")
    review("fix", "--name", "village", "石桥村", "石桥新村", "--township", "柳溪镇")
    mentions = json.loads(xiangdang("show", "scan.tif", "--json").stdout)["mentions"]
    money = next(mention for mention in mentions if mention["kind"] == "money")
    review("fix", "scan.tif", "--mention", money["id"], "65万元", XIANGDANG_WHO="李敏")
    after = json.loads(xiangdang("show", "scan.tif", "--json").stdout)
    assert "石桥村修路4公里" in after["text"]
    assert [one["value"]["amount"] for one in after["mentions"] if one["kind"] == "money"] == ["650000"]
    assert any(one["value"].get("canonical") == "石桥新村" for one in after["mentions"])
    assert json.loads(xiangdang("show", "plain.txt", "--json").stdout)["title"] == "青山乡的通报"
    history = review("history").stdout.splitlines()
    assert len(history) == 4
    assert sum("李敏" in line for line in history) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["fix", "nothing", "新"], 2, "no id of an item"),
        (["accept", "l00000000aa"], 5, "nothing bears this id"),
        (["fix", "scan.tif", "--field", "colour", "红"], 2, "no field 'colour'"),
        (["fix", "plain.txt", "--field", "date", "昨天"], 2, "no date"),
        (["fix", "scan.tif", "--page", "1", "--line", "99", "新"], 6, "no line 99"),
        (["fix", "scan.tif", "--page", "7", "--line", "1", "新"], 6, "has no 7"),
        (["fix", "scan.tif", "--page", "1", "新"], 2, "--line"),
        (["accept", "scan.tif", "--page", "1", "--cell", "x"], 2, "--cell 3,2"),
        (["show", "l00000000aa"], 6, "waits no longer"),
        (["apply", "absent.csv"], 5, "absent.csv"),
        (["sample"], 2, "--double-key"),
        (["sample", "--double-key"], 2, "-o"),
        (["list", "nothing*"], 6, "nothing*"),
    ],
)
def test_errors_name_cause_and_remedy(review: Callable[..., Any], arguments: list[str], code: int, words: str) -> None:
    done = review(*arguments, code=code)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def decide(file: Path, decisions: dict[str, tuple[str, str]], *, encoding: str = "utf-8-sig") -> None:
    """Fills in the decisions as a person does: (decision, new) by the beginning of the text or by the kind."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        for key, (decision, new) in decisions.items():
            if row["kind"] == key or row["text"].startswith(key):
                row |= {"decision": decision, "new": new}
    with file.open("w", encoding=encoding, newline="") as stream:
        table = csv.DictWriter(stream, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


def test_a_spreadsheet_goes_out_and_comes_back(review: Callable[..., Any], xiangdang: Command, tmp_path: Path) -> None:
    file = tmp_path / "queue.csv"
    review("export", "-o", "queue.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,source,page,box,kind,reason,text,")
    assert "'=丨丶" in file.read_text("utf-8-sig")
    decide(file, {"2019年": ("fix", "2019年7月，清水村新增低保户1100户。"), "'=": ("reject", ""),
                  "date": ("改", "2019/7/1"), "issuer": ("对", ""), "50名": ("accept", "")},
           encoding="gbk")  # fmt: skip
    trial = review("apply", "queue.csv", "--dry-run")
    assert "would be applied" in trial.stderr
    assert "Nothing was written" in trial.stderr
    assert review("history").stdout == ""
    done = review("apply", "queue.csv", "--who", "李敏")
    applied = int(done.stderr.partition(" applied")[0].rpartition(" ")[2])
    assert applied >= 5
    shown = json.loads(xiangdang("show", "scan.tif", "--json").stdout)
    assert "清水村" in shown["text"]
    assert "丨" not in shown["text"]
    plain = json.loads(xiangdang("show", "plain.txt", "--json").stdout)
    assert plain["date"] == "2019-07-01"
    history = [json.loads(line) for line in review("history", "--json").stdout.splitlines()]
    assert len(history) == applied
    assert {verdict["source"] for verdict in history} == {"queue.csv"}
    again = review("apply", "queue.csv", "--who", "李敏")
    assert f" 0 applied + {applied} unchanged + 0 in conflict" in again.stderr
    assert "Nothing was changed" in again.stderr
    assert len(review("history").stdout.splitlines()) == applied


def test_rows_that_conflict_or_are_not_understood_are_told_by_number(
    review: Callable[..., Any], tmp_path: Path
) -> None:
    review("export", "-o", "queue.csv", "--kind", "line")
    file = tmp_path / "queue.csv"
    with file.open(encoding="utf-8-sig") as stream:
        ids = [row["id"] for row in csv.DictReader(stream)]
    assert len(ids) == 2
    review("fix", ids[0], "2019年8月，清水村新增低保户1100户。", "--who", "王华")
    file.write_text(
        "id;decision;new;note\n"
        f"{ids[0]};fix;2019年9月，清水村新增低保户1100户。;\n"
        f"{ids[1]};maybe;;\n{ids[1]};;改成这样;\n{ids[1]};fix;;\n{ids[1]};accept;改;\n;accept;;\n\n{ids[1]};accept;;看过\n",
        "utf-8",
    )
    done = review("apply", "queue.csv", "--who", "李敏", code=5)
    assert "row 2" in done.stdout
    assert "王华 changed it" in done.stdout
    assert [number for number in range(2, 10) if f"row {number}:" in done.stdout] == [2, 3, 4, 5, 6, 7]
    assert "7 rows = 1 applied + 0 unchanged + 1 in conflict + 5 not understood" in done.stderr
    assert [verdict["who"] for verdict in map(json.loads, review("history", "--json").stdout.splitlines())] == [
        "王华",
        "李敏",
    ]


def test_a_decision_that_no_longer_fits_waits_again(
    review: Callable[..., Any], xiangdang: Command, tmp_path: Path
) -> None:
    review("fix", misread(review)["id"], "2019年7月，清水村新增低保户1100户。", "--who", "李敏")
    assert not [item for item in items(review, "--kind", "line") if "清水" in item["text"]]
    other = [line for line in SCAN if "清水" not in line] + ["本页另有一行文字，与前不同。", "再有一行。"]
    (tmp_path / "scan.tif.txt").write_text("\n".join(other), "utf-8")
    xiangdang("run", "scan.tif", "--engine", "unsure", "--in-place", "--existing", "redo", "--progress", "none")
    first = items(review)[0]
    assert "李敏" in first["reason"]
    assert "no longer fits" in first["reason"]
    assert first["id"] in review("show", first["id"]).stdout


def key(file: Path, texts: dict[str, str], change: Callable[[int, str], str]) -> None:
    """Fills in a keyer's file from the truth, by the box of each line."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for at, row in enumerate(rows):
        row["text"] = change(at, texts[row["box"]])
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.DictWriter(stream, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


def test_two_people_key_a_sample_and_the_machine_is_measured(
    review: Callable[..., Any], xiangdang: Command, tmp_path: Path
) -> None:
    done = review("sample", "-n", "200", "--double-key", "--seed", "7", "-o", "sample")
    assert "Drew 5 of 5 lines" in done.stderr
    folder = tmp_path / "sample"
    a, b = folder / "keyer-a.csv", folder / "keyer-b.csv"
    assert a.read_bytes() == b.read_bytes()
    assert not any(line.partition("\t")[0] in a.read_text("utf-8-sig") for line in SCAN), "keyers see no machine text"
    assert len(list((folder / "images").iterdir())) == 5
    review("sample", "-n", "200", "--double-key", "--seed", "7", "-o", "again")
    assert (tmp_path / "again" / "keyer-a.csv").read_bytes() == a.read_bytes()
    page = json.loads(xiangdang("show", "scan.tif", "--json").stdout)["pages"][0]
    truth = {
        " ".join(map(str, line["bbox"])): line["text"].replace("清水衬", "清水村").replace("，", ",")
        for block in page["blocks"]
        for line in block["lines"]
    }
    key(a, truth, lambda at, text: "(none)" if "丨" in text else text)
    key(b, truth, lambda at, text: "（无）" if "丨" in text else text.replace("60万", "80万"))
    files = (str(a), str(b))
    report = json.loads(review("sample", "--compare", *files, "--json").stdout)
    assert (report["lines"], report["agreed"], report["missing"]) == (5, 4, 0)
    assert (report["errors"], report["wrong_lines"]) == (4, 2)
    low, high = report["interval"]
    assert low <= report["error_rate"] <= high
    assert "bootstrap" in report["method"]
    assert [row["a"] == row["b"] for row in report["adjudicate"]] == [False]
    shown = review("sample", "--compare", *files)
    assert "Wilson" in shown.stdout
    assert "To adjudicate" in shown.stdout
    assert "add --apply" in shown.stderr
    review("sample", "--compare", *files, "--apply", "--who", "李敏")
    text = xiangdang("show", "scan.tif", "--text").stdout
    assert "2019年7月，清水村新增低保户1100户。" in text, "the printed comma stays"
    assert "丨" not in text


def test_what_the_machine_missed_is_added(review: Callable[..., Any], xiangdang: Command) -> None:
    def document() -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(xiangdang("show", "scan.tif", "--json").stdout)
        return shown

    done = review("add", "scan.tif", "全镇现有耕地4000亩。", "--page", "1", "--after", "5", "--who", "甲")
    assert "applied: nothing → “全镇现有耕地4000亩。”" in done.stdout
    assert "4000亩" in [one["text"] for one in document()["mentions"]]
    again = review("add", "scan.tif", "另一行", "--page", "1", "--after", "5", code=5)
    assert "“全镇现有耕地4000亩。” stands there now" in again.stderr
    review("add", "scan.tif", "低保户", "--page", "1", "--kind", "programme", "--who", "甲")
    found = next(one for one in document()["mentions"] if one["review"] == "added")
    assert (found["kind"], found["text"], found["confidence"]) == ("programme", "低保户", 1.0)
    assert "several times" in review("add", "scan.tif", "党员", "--page", "1", "--kind", "programme", code=2).stderr
    more = ("--page", "1", "--kind", "programme", "--line", "5", "--means", "党员发展计划")
    assert "“党员” → “党员发展计划”" in review("add", "scan.tif", "党员", *more, "--who", "甲").stdout
    for arguments, why in [
        (("没有的字", "--kind", "village"), "is not printed on page 1"),
        (("x",), "Where does the line stand?"),
        (("x", "--after", "2", "--box", "1,2,3,4"), "Where does the line stand?"),
        (("x", "--box", "1,2,3"), "is no box"),
        (("x", "--after", "2", "--means", "y"), "--means are about a fact"),
        (("x", "--after", "2", "--kind", "village"), "--after and --box are about a line"),
    ]:
        assert why in review("add", "scan.tif", "--page", "1", *arguments, code=None).stderr
    assert "without an image" in review("add", "plain.txt", "x", "--page", "1", "--after", "1", code=6).stderr
