"""What searches need beside the index: numbers as bounds, what filters look up, saved searches.

The table `quantities` has every count and sum once more, narrow, as bounds in one unit; triggers keep it.
`least` and `most` are infinite where a number has no bound on that side (1100余户: 1100 and no `most`); an approximate
number counts as itself. Suggestions and rejected mentions are left out.
"""

_SURE = "kind IN ('count', 'money') AND confidence >= 0.5 AND review IS NOT 'rejected'"


def _first(row: str, *names: str, otherwise: str) -> str:
    """SQL: the first of these fields that the value of a mention has."""
    fields = ", ".join(f"json_extract({row}value, '$.{name}')" for name in names)
    return f"coalesce({fields}, {otherwise})"


def _key(row: str) -> str:
    unit = _first(row, "canonical_unit", "currency", "unit", otherwise="''")
    least = _first(row, "canonical_min", "canonical_value", "min", "value", otherwise="-9e999")
    return f"{unit}, {least}, {row}document, {row}number"


def _columns(row: str) -> str:
    """One call for all words, because every call of json_extract reads the whole value again."""
    paths = "'$.object', '$.unit', '$.measure', '$.place', '$.scope', '$.per', '$.currency'"
    return f"""{_key(row)}, {row}page,
  {_first(row, "canonical_max", "canonical_value", "max", "value", otherwise="9e999")},
  {_first(row, "min", "value", otherwise="-9e999")}, {_first(row, "max", "value", otherwise="9e999")},
  replace(replace(json_extract({row}value, {paths}), ' ', ''), '\\n', '')"""


def _remove(row: str) -> str:
    return f"DELETE FROM quantities WHERE (unit, least, document, mention) = ({_key(row)});"  # noqa: S608


_INSERT = "INSERT INTO quantities (unit, least, document, mention, page, most, printed_least, printed_most, words)"
_ADD = f"{_INSERT} SELECT {_columns('new.')} WHERE new.{_SURE.replace(' AND ', ' AND new.')};"
# An OR REPLACE of the statement outside removes a mention without firing a DELETE trigger.
_REPLACED = f"""DELETE FROM quantities WHERE (unit, least, document, mention) IN (
  SELECT {_key("")} FROM mentions WHERE document = new.document AND number = new.number);"""  # noqa: S608

QUANTITY_OF_MENTION = f"""
quantities ON (quantities.unit, quantities.least, quantities.document, quantities.mention) = ({_key("mentions.")})"""
"""For a JOIN with `mentions`."""
QUANTITIES = (
    """
CREATE TABLE quantities (            -- counts and sums of money as bounds, filled from mentions
  unit TEXT NOT NULL,                -- of the bounds: 人, 户, m², kg, CNY; empty where none is printed
  least REAL NOT NULL,               -- minus infinity where there is no lower bound
  document TEXT NOT NULL,
  mention INTEGER NOT NULL,          -- mentions.number
  page INTEGER,                      -- page number
  most REAL NOT NULL,                -- infinity where there is no upper bound
  printed_least REAL NOT NULL,       -- the bounds in the unit that is printed
  printed_most REAL NOT NULL,
  words TEXT NOT NULL,               -- JSON: object, unit as printed, measure, place, scope, per, currency
  PRIMARY KEY (unit, least, document, mention)
) WITHOUT ROWID""",
    f"{_INSERT} SELECT {_columns('')} FROM mentions WHERE {_SURE}",  # noqa: S608  # the words stand in this module
    f"CREATE TRIGGER quantities_before_insert BEFORE INSERT ON mentions BEGIN {_REPLACED} END",
    f"CREATE TRIGGER quantities_after_insert AFTER INSERT ON mentions BEGIN {_ADD} END",
    f"CREATE TRIGGER quantities_after_delete AFTER DELETE ON mentions BEGIN {_remove('old.')} END",
    f"""
CREATE TRIGGER quantities_after_update
AFTER UPDATE OF document, number, page, kind, value, confidence, review ON mentions BEGIN
  {_remove("old.")} {_ADD}
END""",
)
"""The table, what an archive of an earlier version holds, and the triggers that keep it."""

QUANTITIES_SELDOM_REPLACED = (
    "DROP TRIGGER quantities_before_insert",
    f"""
CREATE TRIGGER quantities_before_insert BEFORE INSERT ON mentions
WHEN EXISTS (SELECT 1 FROM mentions WHERE document = new.document AND number = new.number)
BEGIN {_REPLACED} END""",  # noqa: S608  # the words stand in this module
)
"""The same for those rows only that replace another."""

OTHER_NAME = "json_extract(value, '$.name') <> json_extract(value, '$.canonical')"
"""A name is printed that is not the canonical one (永安镇党委)."""
FILTERS = (
    """
CREATE INDEX mentions_on_pages ON mentions (document, page, kind)
WHERE confidence >= 0.5 AND review IS NOT 'rejected'""",
    f"CREATE INDEX mentions_by_other_name ON mentions (kind, json_extract(value, '$.name')) WHERE {OTHER_NAME}",
    "CREATE INDEX documents_by_date ON documents (date)",
    "CREATE INDEX documents_by_township ON documents (township)",
)
"""What other filters look up."""

SAVED_SEARCHES = (
    """
CREATE TABLE saved_searches (        -- queries under a name
  name TEXT PRIMARY KEY,
  query TEXT NOT NULL                -- JSON: words, filters, near_miss, order
) WITHOUT ROWID""",
)
