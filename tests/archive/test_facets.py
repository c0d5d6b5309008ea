"""Facets count all hits, whatever is shown of them."""

from fact_samples import people, put, report, town, village
from pipeline.archive.search.facets import NAMES, facets
from pipeline.archive.store import Archive
from schemas.query import Filters, Query


def test_facets_count_all_hits(archive: Archive) -> None:
    put(
        archive,
        report("1998/a.pdf", ["党员在青石村和青石村"], [("village", "青石村", village("青石村"))], date="1998-03-01"),
        report(
            "1998/b.txt",
            ["党员300人在青石村"],
            [("village", "青石村", village("青石村")), ("count", "300人", people(300))],
            date=None,
            township=None,
        ),
        report(
            "2019/c.pdf",
            ["党员在云湾镇和石桥村"],
            [("township", "云湾镇", town("云湾镇")), ("village", "石桥村", village("石桥村"))],
            date="2019-07-09",
        ),
        report("2019/d.pdf", ["群众在青石村"], [("village", "青石村", village("青石村"))]),
    )
    found = facets(archive, Query(text="党员", limit=1, offset=1))
    assert tuple(found) == NAMES
    assert found["year"] == [("", 1), ("1998", 1), ("2019", 1)]
    assert found["township"] == [("柳溪镇", 2), ("", 1), ("云湾镇", 1)]
    assert found["village"] == [("青石村", 2), ("石桥村", 1)]
    assert found["kind"] == [("village", 3), ("count", 1), ("township", 1)]
    assert found["folder"] == [("1998", 2), ("2019", 1)]
    filtered = facets(archive, Query(text="", filters=Filters(years=(2019, 2019))))
    assert filtered["village"] == [("石桥村", 1), ("青石村", 1)]
    assert facets(archive, Query(text="没有这个词"))["year"] == []
