"""Names that look alike: a rare one is a frequent one but for a character that recognition takes for another."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from extractors.languages.zh.places import LOOK_ALIKE
from pipeline.archive.review import gain
from pipeline.archive.tables import OF_NAMES

KINDS = ("village", "township", "programme")
"""Kinds of names that are compared; of persons too many differ by one character, and bodies bear names of places."""
_SHORTEST = 3
"""Characters of the shortest name that is compared."""
_NAME = """coalesce(json_extract({t}value, '$.canonical'), json_extract({t}value, '$.title'),
  json_extract({t}value, '$.name'), {t}text)"""
_NAMES = f"""
WITH RECURSIVE names (name) AS (
  SELECT min({_NAME.format(t="")}) FROM mentions WHERE kind = ?1 AND {OF_NAMES}
  UNION ALL
  SELECT (SELECT min({_NAME.format(t="")}) FROM mentions WHERE kind = ?1 AND {OF_NAMES}
    AND {_NAME.format(t="")} > name)
  FROM names WHERE name IS NOT NULL)
SELECT name FROM names WHERE length(name) >= {_SHORTEST}"""  # noqa: S608  # the expressions stand in this module
_COUNT = f"SELECT count(*) FROM mentions WHERE kind = ? AND {OF_NAMES} AND {_NAME.format(t='')} = ?"  # noqa: S608
_TOWNSHIP = "coalesce(json_extract(m.value, '$.township'), d.township, '')"
_STATED = f"""FROM mentions AS m JOIN documents AS d ON d.id = m.document
WHERE m.kind = ? AND m.{OF_NAMES} AND {_NAME.format(t="m.")} = ? AND m.review IS NULL AND m.confidence >= 0.5"""
_TOWNSHIPS = f"SELECT {_TOWNSHIP}, count(*) {_STATED} GROUP BY 1 ORDER BY 1"
_STATED_THERE = f"SELECT 1 {_STATED} AND {_TOWNSHIP} = ? LIMIT 1"
_RARER = 3
"""How many times as often as a misreading its name stands in the archive, at least."""
_GROUPS = defaultdict[str, list[int]](list)
for _number, _group in enumerate(LOOK_ALIKE):
    for _character in _group:
        _GROUPS[_character].append(_number)


@dataclass(frozen=True, slots=True)
class Pair:
    """A rare name and a frequent one of one township."""

    kind: str
    """Kind of the names."""
    township: str
    """Empty where none is known."""
    rare: str
    """The one that may be a misreading."""
    frequent: str
    """What may be meant."""
    mentions: tuple[int, int]
    """How often the rare one is mentioned there, and the frequent one in the whole archive."""

    @property
    def gain(self) -> float:
        """Mentions that are expected to be wrong: the rarer the name beside the other, the likelier."""
        rare, frequent = self.mentions
        return gain.LOOK_ALIKE * rare * (1 - rare / frequent)


def pairs(connection: sqlite3.Connection) -> Iterator[Pair]:
    """Names of one township that look alike and that no list of names has joined."""
    settled = {(row[0], row[1]) for row in connection.execute("SELECT kind, name FROM authority")}
    settled |= {("village", row[0]) for row in connection.execute("SELECT name FROM gazetteer")}
    for kind in KINDS:
        names = [row[0] for row in connection.execute(_NAMES, (kind,))]
        for one, other in look_alike(names):
            yield from (pair for pair in _placed(connection, kind, one, other) if (kind, pair.rare) not in settled)


def look_alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names that are equal but for one character, which looks like the other's; in order."""
    same = defaultdict[tuple[str, int, str], set[str]](set)
    for name in names:
        for at, character in enumerate(name):
            for group in _GROUPS.get(character, ()):
                same[name[:at], group, name[at + 1 :]].add(name)
    return sorted({pair for found in same.values() if len(found) > 1 for pair in combinations(sorted(found), 2)})


def _placed(connection: sqlite3.Connection, kind: str, one: str, other: str) -> Iterator[Pair]:
    counted = ((connection.execute(_COUNT, (kind, name)).fetchone()[0], name) for name in (one, other))
    (few, rare), (many, frequent) = sorted(counted)
    if few * _RARER > many:
        return
    for township, mentions in connection.execute(_TOWNSHIPS, (kind, rare)).fetchall():
        if connection.execute(_STATED_THERE, (kind, frequent, township)).fetchone():
            yield Pair(kind, township, rare, frequent, (mentions, many))
