"""What looking at something is worth: the errors one expects to mend by it; and the tables that keep it in order.

Gains are SQL, so that indexes hold what waits in the order of the queue: an archive of any size gives its first items
at once. An expression that an index holds is never edited: a change is a new migration, like every change of tables.
"""

SECOND_READER = 0.3
"""Wrong characters in a line where a second reader read something else, beside what its confidences tell: on pages
with truth such a disagreement found 13 of 14 wrong lines and marked 5 % of all."""
FACT_WEIGHT = 2.0
"""How many times as much an error in a line counts that states a fact: the fact is wrong with it."""
MISREAD_NAME = 1.0
"""A village that the gazetteer does not know but for a look-alike: one is wrong here and one is missing, of two cases
in one."""
EMPTY = {"title": 0.9, "date": 0.6, "issuer": 0.4}
"""Chance that a document without such a field has one on its pages."""
LOOK_ALIKE = 0.5
"""Chance that a rare name is a misreading of a frequent one that looks like it."""
STALE = 2.0
"""A person's decision that no longer fits what is read: it is looked at before most of what nobody has seen."""

LINE = f'(1.0 - {{t}}confidence) * ({{t}}"end" - {{t}}start) + ({{t}}second IS NOT NULL) * {SECOND_READER}'
"""Characters of a doubtful line that are expected to be wrong."""
CHECK = "1.0 / max(json_array_length({t}mentions), 1)"
"""One of the numbers of a check that fails is wrong."""
SUGGESTION = "{t}confidence"
"""Lists of names leave a suggestion out; where it is right, a fact is missing."""
TOWNSHIP = """max(1.0 - {t}township_confidence, coalesce(json_extract({t}township_candidates, '$[1].votes')
  / nullif(json_extract({t}township_candidates, '$[0].votes') + json_extract({t}township_candidates, '$[1].votes'), 0),
  0.0))"""
"""Chance that a township that was inferred is another one: by its confidence, or by the votes for the second best."""
CONTESTED = "{t}township_inferred AND coalesce(json_extract({t}township_candidates, '$[1].votes'), 0) > 0"
"""Two divisions have votes."""
MISREAD = 'instr({t}value, \'"suggested":"\')'
"""A place whose value carries a suggested name."""

_CELLS_OF = """
  INSERT INTO doubtful_cells (page, "table", cell, gain)
  SELECT {page}.id, t.key, c.key,
    (1.0 - json_extract(c.value, '$.confidence')) * length(json_extract(c.value, '$.text')) + coalesce((
      SELECT sum(1.0 / json_array_length(k.value, '$.cells'))
      FROM json_each(t.value, '$.checks') AS k, json_each(k.value, '$.cells') AS s
      WHERE NOT json_extract(k.value, '$.holds')
        AND json_extract(s.value, '$[0]') = json_extract(c.value, '$.row')
        AND json_extract(s.value, '$[1]') = json_extract(c.value, '$.col')), 0.0)
  FROM {tables} AS t, json_each(t.value, '$.cells') AS c
  WHERE json_extract(c.value, '$.doubtful')"""
_HAS_DOUBT = "instr({page}.tables, '\"doubtful\":true')"
_NEW_CELLS = _CELLS_OF.format(page="new", tables="json_each(new.tables)")
_NEW_DOUBT = _HAS_DOUBT.format(page="new")

WAITING = (
    f"CREATE INDEX lines_by_gain ON lines ({LINE.format(t='')}) WHERE doubtful",
    f"CREATE INDEX checks_by_gain ON checks ({CHECK.format(t='')}) WHERE NOT holds",
    f"CREATE INDEX mentions_suggested ON mentions ({SUGGESTION.format(t='')}) WHERE confidence < 0.5",
    f"CREATE INDEX mentions_misread ON mentions (document, number) WHERE {MISREAD.format(t='')}",
    *(f"CREATE INDEX documents_without_{name} ON documents (id) WHERE {name} IS NULL" for name in EMPTY),
    f"CREATE INDEX documents_contested ON documents ({TOWNSHIP.format(t='')}) WHERE {CONTESTED.format(t='')}",
    """
CREATE TABLE doubtful_cells (        -- cells of tables that wait for a person; kept by triggers
  page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  "table" INTEGER NOT NULL,          -- place of the table in pages.tables, from 0
  cell INTEGER NOT NULL,             -- place of the cell in the table, from 0
  gain REAL NOT NULL,                -- characters and sums that are expected to be wrong
  PRIMARY KEY (page, "table", cell)
) WITHOUT ROWID""",
    "CREATE INDEX doubtful_cells_by_gain ON doubtful_cells (gain)",
    f"""
CREATE TRIGGER cells_after_insert AFTER INSERT ON pages WHEN {_NEW_DOUBT} BEGIN {_NEW_CELLS}; END""",
    f"""
CREATE TRIGGER cells_after_update AFTER UPDATE OF tables ON pages BEGIN
  DELETE FROM doubtful_cells WHERE page = new.id; {_NEW_CELLS};
END""",  # noqa: S608  # the names stand in this module
    _CELLS_OF.format(page="p", tables="pages AS p, json_each(p.tables)") + " AND " + _HAS_DOUBT.format(page="p"),
)
"""What keeps the queue in order."""
