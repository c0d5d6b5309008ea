"""`xiangdang search` as users type it: filters, numbers, facets, lists, crops, saved searches."""

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from commands import Command
from pipeline.commands.search import search as command

TEXTS = {
    "1998/a.txt": "柳溪镇工作总结\n全镇共有党员236名，新修道路3公里。\n\n清水村投资60万元。\n",
    "2019/b.txt": "柳溪镇工作总结\n2019年7月1日\n石桥村现有党员1100余名。\n\n石桥村获奖。\n",
    "2019/c.txt": "柳溪镇通报\n=党员会议在清水村召开。\n",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three short texts."""
    from pipeline.console import runs

    folder = tmp_path_factory.mktemp("loaded")
    for name, text in TEXTS.items():
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    given = {"jobs": 1, "executor": "serial", "page_timeout": 60, "max_pixels": 10_000_000, "max_pages": 10,
             "worker_memory": 1000, "password_file": None, "progress": "none"}  # fmt: skip
    assert runs.run(folder / "archive", [folder / "in"], given, runs.ALL) == 0
    return folder / "archive"


@pytest.fixture
def find(xiangdang: Command, loaded: Path) -> Command:
    return partial(xiangdang, "--archive", loaded, "search")


def names(out: str) -> str:
    return "".join(sorted(Path(json.loads(line)["source"]).stem for line in out.splitlines()))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["党员", "-会议"], "ab"),
        (["党员", "--village", "清水村"], "ac"),
        (["--village", "清水村"], "ac"),
        (["--where", "党员 > 100", "--where", "投资 > 1 元"], "a"),
        (["--kind", "money"], "a"),
        (["党员", "--township", "柳溪镇", "--source", "a.txt"], "a"),
        (["--confidence", "0.5"], "abc"),
        (["没有这个词"], ""),
    ],
)
def test_words_and_filters(find: Command, arguments: list[str], expected: str) -> None:
    assert names(find(*arguments, "--json").stdout) == expected


def test_json_keys_are_stable(find: Command) -> None:
    hit = json.loads(find("道路", "--json").stdout)
    assert {"source", "document", "page", "score", "snippet", "highlights", "boxes"} <= set(hit)
    start, end = hit["highlights"][0]
    assert hit["snippet"][start:end] == "道路"


def test_pages_are_told_and_paged(find: Command) -> None:
    first = find("党员", "--limit", "2", "--order", "page")
    assert "Pages 1 to 2 of 3 shown. More: --offset 2" in first.stderr
    rest = find("党员", "--limit", "2", "--order", "page", "--offset", "2")
    assert "Pages 3 to 3 of 3 shown." in rest.stderr
    assert "More" not in rest.stderr
    assert first.stdout.count("page 1") == 2
    assert rest.stdout.count("page 1") == 1
    assert "【党员】" in first.stdout
    assert "behind the last" in find("党员", "--offset", "9").stderr
    assert "No document names the village 无此村." in find("--village", "无此村").stderr


def test_csv_is_harmless(find: Command) -> None:
    rows = list(csv.DictReader(find("会议", "--csv").stdout.splitlines()))
    assert [Path(row["source"]).name for row in rows] == ["c.txt"]
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_facets_count_all_hits(find: Command) -> None:
    found = json.loads(find("党员", "--facets", "--json", "--limit", "1").stdout)
    assert found["township"] == {"柳溪镇": 3}
    assert found["village"] == {"清水村": 2, "石桥村": 1}
    shown = find("党员", "--facets").stdout
    assert "       2  清水村" in shown
    assert "village,清水村,2" in find("党员", "--facets", "--csv").stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_of_queries(find: Command, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "list.txt").write_text('党员\n\n=没有\n"获奖" OR 会议\n', encoding)
    rows = list(csv.DictReader(find("--from-list", "list.txt").stdout.splitlines()))
    assert [(row["query"], row["hits"]) for row in rows] == [
        *[("党员", "3")] * 3,
        ("'=没有", "0"),
        *[('"获奖" OR 会议', "2")] * 2,
    ]
    assert rows[0]["page"] == "1"
    counts = find("--from-list", "list.txt", "--counts", "--village", "清水村").stdout.splitlines()
    assert counts == ["query,hits", "党员,2", "'=没有,0", '"""获奖"" OR 会议",1']


def test_searches_are_saved_listed_run_and_deleted(find: Command) -> None:
    find("党员", "--village", "清水村", "--save", "清水村的党员")
    assert "清水村的党员\t党员 --village '清水村'" in find("--list-saved").stdout
    assert names(find("--saved", "清水村的党员", "--json").stdout) == "ac"
    assert names(find("--saved", "清水村的党员", "--json", "--limit", "1", "--order", "page").stdout) == "a"
    assert "--overwrite" in find("群众", "--save", "清水村的党员", code=2).stderr
    assert "words" in find("群众", "--saved", "清水村的党员", code=2).stderr
    find("--delete-saved", "清水村的党员")
    assert "No search is saved" in find("--list-saved").stderr
    assert "--list-saved" in find("--saved", "清水村的党员", code=6).stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "--village"),
        (["党员", "--vilage", "清水村"], 2, "There is no option --vilage"),
        (["--where", "党员"], 2, "'党员 > 500 名'"),
        (["--where", "党员 > 很多"], 2, "很多"),
        (["--year", "twenty"], 2, "2015-2019"),
        (["--kind", "villages"], 2, "village"),
        (["--from-list", "absent.txt"], 5, "absent.txt"),
        (["党员", "--from-list", "absent.txt"], 5, "absent.txt"),
        (["--saved", "nothing"], 6, "nothing"),
    ],
)
def test_what_makes_no_sense_is_explained(find: Command, arguments: list[str], code: int, words: str) -> None:
    done = find(*arguments, code=code)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_plain_text_has_no_image(find: Command, tmp_path: Path) -> None:
    assert "3 pages have no image" in find("党员", "--crop", "strips").stderr
    assert list((tmp_path / "strips").iterdir()) == []


def test_crops_are_cut_from_the_page(xiangdang: Command, sample_archive: Path, tmp_path: Path) -> None:
    words = ("--archive", sample_archive, "search", "村", "--limit", "3")
    said = xiangdang(*words, "--crop", "strips").stderr
    files = sorted((tmp_path / "strips").iterdir())
    assert f"Wrote {len(files)} image" in said
    hits = [json.loads(line) for line in xiangdang(*words, "--json").stdout.splitlines()]
    assert {path.stem for path in files} <= {f"{hit['document']}-p{hit['page']:04}" for hit in hits}
    before = [path.read_bytes() for path in files]
    assert "--overwrite" in xiangdang(*words, "--crop", "strips", code=5).stderr
    xiangdang(*words, "--crop", "strips", "--overwrite")
    assert [path.read_bytes() for path in files] == before


def test_the_selector_narrows_what_is_shown_and_written(xiangdang: Command, loaded: Path) -> None:
    shown = xiangdang("--archive", loaded, "show", "--township", "柳溪镇", "--year", "2019").stdout
    assert "b.txt" in shown
    assert "a.txt" not in shown
    written = xiangdang("--archive", loaded, "export", "jsonl", "--year", "2019").stdout
    assert [Path(json.loads(line)["source"]).name for line in written.splitlines()] == ["b.txt"]
    assert "township 无此镇" in xiangdang("--archive", loaded, "export", "jsonl", "--township", "无此镇", code=6).stderr
    xiangdang("--archive", loaded, "check", "--status", "done")
    assert "status failed" in xiangdang("--archive", loaded, "load", "--status", "failed", code=6).stderr


def test_every_option_says_what_it_does() -> None:
    assert all(getattr(option, "help", None) for option in command.params if option.name not in ("query", "archive"))
