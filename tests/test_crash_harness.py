import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crash_harness import count_statements, preload, run_killed_at


def create(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "create table item (name text);"
            "create table log (name text);"
            "create trigger logged after insert on item begin insert into log values (new.name); end;"
        )


def add_two(path: Path) -> None:
    """Two transactions with a row and its log each; goes on where it stopped."""
    with closing(sqlite3.connect(path)) as connection:
        known = {name for (name,) in connection.execute("select name from item")}
        for name in ("one", "two"):
            if name not in known:
                with connection:
                    connection.execute("insert into item values (?)", [name])


def add_in_the_wrong_order(path: Path) -> None:
    """Says that the work is done in a transaction of its own, before the work."""
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("select count(*) from log").fetchone()[0]:
            with connection:
                connection.execute("insert into log values ('one')")
            with connection:
                connection.execute("update item set name = 'done'")


def rows(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute(f"select name from {table} order by name")]


@pytest.fixture
def fresh(tmp_path: Path):
    numbers = iter(range(1000))

    def make() -> Path:
        path = tmp_path / f"{next(numbers)}.db"
        create(path)
        return path

    return make


def statements_of_add_two(path: Path) -> int:
    return count_statements(lambda: add_two(path))


def test_begin_insert_trigger_and_commit_count_and_reads_do_not(fresh):
    path = fresh()
    each, odd = divmod(statements_of_add_two(path), 2)
    assert each >= len(["begin", "insert", "the trigger's insert", "commit"])
    assert odd == 0
    assert rows(path, "item") == ["one", "two"]
    assert count_statements(lambda: rows(path, "item")) == 0


def test_the_kill_comes_before_the_statement(fresh):
    total = statements_of_add_two(fresh())
    kept = []
    for n in range(1, total + 1):
        path = fresh()
        assert run_killed_at(lambda path=path: add_two(path), n)
        kept.append(len(rows(path, "item")))
    assert kept == [0] * (total // 2) + [1] * (total // 2)  # each row's last statement is its commit


def test_good_work_survives_every_kill(fresh):
    for n in range(1, statements_of_add_two(fresh()) + 1):
        path = fresh()
        assert run_killed_at(lambda path=path: add_two(path), n)
        add_two(path)
        assert rows(path, "item") == rows(path, "log") == ["one", "two"]


def test_bad_work_is_found_out(fresh):
    found = set()
    for n in range(1, 7):
        path = fresh()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("drop trigger logged")
            connection.execute("insert into item values ('open')")
        assert run_killed_at(lambda path=path: add_in_the_wrong_order(path), n)
        add_in_the_wrong_order(path)
        found.add(rows(path, "item")[0])
    assert found == {"done", "open"}


def test_a_run_with_fewer_statements_finishes(fresh):
    path = fresh()
    assert not run_killed_at(lambda: add_two(path), 1000)
    assert rows(path, "item") == ["one", "two"]


def test_read_only_connections_do_not_count(fresh):
    path = fresh()

    def read() -> None:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("pragma user_version")

    assert count_statements(read) == 0


def test_a_command_that_exits_has_finished_and_one_that_fails_says_why():
    assert count_statements(lambda: sys.exit(4)) == 0
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_killed_at(lambda: 1 // 0, 1)


def test_this_process_is_left_alone(fresh):
    connect = sqlite3.connect
    preload("json")
    count_statements(lambda: add_two(fresh()))
    assert sqlite3.connect is connect
