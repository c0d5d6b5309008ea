"""A saved search comes back as it was asked."""

import pytest

from pipeline.archive.search.saved import all_saved, delete, save, saved
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from schemas.query import Filters, Query

QUERY = Query(
    text='党员 -"通知"',
    filters=Filters(village=("柳溪村",), years=(2015, 2019), where=("党员 > 5 名",), confidence=0.5),
    near_miss=True,
    order="page",
    limit=3,
    offset=6,
)


def test_a_search_is_kept_without_its_paging(archive: Archive) -> None:
    save(archive, "党员", QUERY)
    kept = saved(archive, "党员")
    assert (kept.limit, kept.offset) == (20, 0)
    assert (kept.text, kept.filters, kept.near_miss, kept.order) == (QUERY.text, QUERY.filters, True, "page")
    save(archive, "党员", QUERY)
    assert [one.name for one in all_saved(archive)] == ["党员"]


def test_another_search_needs_overwrite(archive: Archive) -> None:
    save(archive, "a", QUERY)
    with pytest.raises(UsageError, match="--overwrite"):
        save(archive, "a", Query(text="群众"))
    save(archive, "a", Query(text="群众"), overwrite=True)
    assert saved(archive, "a").text == "群众"


def test_what_is_not_there_is_said(archive: Archive) -> None:
    save(archive, "党员名单", QUERY)
    with pytest.raises(NothingToDo, match="Perhaps 党员名单"):
        saved(archive, "党员名")
    delete(archive, "党员名单")
    assert all_saved(archive) == []
    with pytest.raises(NothingToDo, match="--list-saved"):
        delete(archive, "党员名单")
    with pytest.raises(UsageError, match="--save NAME"):
        save(archive, " ", QUERY)
