"""The tables of `archive.db` as SQL. A released tuple is never edited: a change is a new tuple and a new migration.

Offsets (`start`, `end`) count characters of the whole document's text, from 0; `end` is the offset after the last one.
Boxes (`x0`, `y0`, `x1`, `y1`) are pixels of the page's display image; NULL for plain text, which has no image.
`number` counts from 1 in the order of the document.
"""

FIRST_TABLES = (
    """
CREATE TABLE archive_state (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID""",
    """
CREATE TABLE files (                 -- every file that was found, by the path it was given
  path TEXT PRIMARY KEY,             -- printable
  path_raw BLOB,                     -- the path's own bytes
  size INTEGER,
  modified_ns INTEGER,
  sha256 TEXT,
  state TEXT NOT NULL                -- done, failed, skipped, duplicate
)""",
    "CREATE INDEX files_by_sha256 ON files (sha256)",
    "CREATE INDEX files_by_state ON files (state)",
    """
CREATE TABLE sources (               -- every distinct file that was accepted
  sha256 TEXT PRIMARY KEY,
  record TEXT NOT NULL               -- schemas.source.Source as JSON
)""",
    """
CREATE TABLE ledger (                -- one row per item and stage: what is done, what failed and why
  item TEXT NOT NULL,
  stage TEXT NOT NULL,
  state TEXT NOT NULL,
  fingerprint TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL,
  failure_class TEXT,
  message TEXT,
  remedy TEXT,
  detail TEXT,
  PRIMARY KEY (item, stage)
) WITHOUT ROWID""",
    "CREATE INDEX ledger_by_stage ON ledger (stage, state)",
    """
CREATE TABLE stage_records (         -- what each stage returned
  item TEXT NOT NULL,
  stage TEXT NOT NULL,
  record BLOB NOT NULL,              -- JSON, compressed with zlib
  PRIMARY KEY (item, stage)
)""",
    """
CREATE TABLE documents (
  id TEXT PRIMARY KEY,               -- first 16 digits of sha256
  sha256 TEXT NOT NULL UNIQUE,
  schema_version INTEGER NOT NULL,
  source TEXT NOT NULL,              -- path as given
  media_type TEXT NOT NULL,
  title TEXT,
  document_number TEXT,              -- 文号
  issuer TEXT,
  date TEXT,                         -- ISO 8601
  township TEXT,
  township_code TEXT,
  township_path TEXT,                -- JSON: [province, city, county, township]
  township_confidence REAL,
  township_inferred INTEGER,
  fonds TEXT,                        -- 全宗号
  item_number TEXT,                  -- 档号
  retention TEXT,                    -- 保管期限
  security TEXT,                     -- 密级
  summary TEXT NOT NULL              -- JSON: every fact once, by kind
) WITHOUT ROWID""",
    "CREATE INDEX documents_by_source ON documents (source, id)",
    """
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,            -- the row of the search index
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,           -- page number in its source
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  dpi REAL,
  rotation INTEGER NOT NULL,
  skew REAL NOT NULL,
  engine TEXT,
  confidence REAL,
  quality TEXT NOT NULL,             -- JSON
  tables TEXT NOT NULL,              -- JSON
  image TEXT,                        -- display image, relative to the archive's folder
  text TEXT NOT NULL,                -- the page in reading order
  UNIQUE (document, number)
)""",
    """
CREATE TABLE blocks (
  page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  PRIMARY KEY (page, number)
) WITHOUT ROWID""",
    """
CREATE TABLE lines (
  page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  block INTEGER NOT NULL,            -- number of its block on the page
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  confidence REAL NOT NULL,
  vertical INTEGER NOT NULL,
  extents BLOB,                      -- of its characters, see lines.py
  confidences BLOB,                  -- of its characters, one byte each, 255 is 1.0
  PRIMARY KEY (page, number)
) WITHOUT ROWID""",
    """
CREATE TABLE mentions (              -- every place that states a fact
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,                  -- m1, m2, ... in its document
  kind TEXT NOT NULL,
  page INTEGER,                      -- page number where it begins
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  value TEXT NOT NULL,               -- JSON
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  review TEXT,
  PRIMARY KEY (document, number)
) WITHOUT ROWID""",
    "CREATE INDEX mentions_by_kind ON mentions (kind)",
    """
CREATE TABLE mention_boxes (         -- where mentions stand; one that is broken over two lines has two boxes
  document TEXT NOT NULL,
  mention INTEGER NOT NULL,
  number INTEGER NOT NULL,
  page INTEGER NOT NULL,             -- page number
  x0 INTEGER NOT NULL, y0 INTEGER NOT NULL, x1 INTEGER NOT NULL, y1 INTEGER NOT NULL,
  PRIMARY KEY (document, mention, number),
  FOREIGN KEY (document, mention) REFERENCES mentions (document, number) ON DELETE CASCADE
) WITHOUT ROWID""",
    """
CREATE TABLE relations (             -- who does what to whom
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  predicate TEXT NOT NULL,
  subject TEXT NOT NULL,
  object TEXT NOT NULL,
  start INTEGER NOT NULL,            -- of the words that say so
  "end" INTEGER NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID""",
    """
CREATE TABLE checks (                -- numbers that were recomputed
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  holds INTEGER NOT NULL,
  expression TEXT NOT NULL,
  mentions TEXT NOT NULL,            -- JSON: ids of mentions
  PRIMARY KEY (document, number)
) WITHOUT ROWID""",
)

DOUBTFUL_LINES = (
    "ALTER TABLE lines ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0",  # 1: worth comparing with the page
    "ALTER TABLE lines ADD COLUMN second TEXT",  # what a second reader read instead
    """
CREATE VIEW doubtful_lines AS        -- one row a line, with its page and its box
SELECT d.source, p.number AS page, l.number AS line,
  substr(p.text, l.start - p.start + 1, l."end" - l.start) AS text,
  l.second, l.confidence, l.x0, l.y0, l.x1, l.y1, p.image, d.id AS document
FROM lines l JOIN pages p ON p.id = l.page JOIN documents d ON d.id = p.document
WHERE l.doubtful
ORDER BY d.source, p.number, l.number""",
)

FACTS_JOINED = (
    "ALTER TABLE documents ADD COLUMN urgency TEXT",  # 紧急程度
    "ALTER TABLE documents ADD COLUMN signatory TEXT",  # 签发人
    "ALTER TABLE documents ADD COLUMN recipients TEXT",  # 主送机关
    "ALTER TABLE documents ADD COLUMN copies TEXT",  # 抄送机关
    "ALTER TABLE documents ADD COLUMN printed_by TEXT",  # 印发机关
    "ALTER TABLE documents ADD COLUMN printed_on TEXT",  # 印发日期, ISO 8601
    "ALTER TABLE documents ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]'",  # JSON: 附件
    "ALTER TABLE documents ADD COLUMN township_candidates TEXT NOT NULL DEFAULT '[]'",  # JSON: divisions of that name
    "ALTER TABLE relations ADD COLUMN verb TEXT",  # as printed
    "ALTER TABLE relations ADD COLUMN subject_mention TEXT",  # id of a mention of the document
    "ALTER TABLE relations ADD COLUMN object_mention TEXT",
    "ALTER TABLE relations ADD COLUMN confidence REAL NOT NULL DEFAULT 1.0",
    "ALTER TABLE relations ADD COLUMN rule TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE checks ADD COLUMN message TEXT NOT NULL DEFAULT ''",  # in plain words
    "ALTER TABLE checks ADD COLUMN start INTEGER",  # of the evidence
    'ALTER TABLE checks ADD COLUMN "end" INTEGER',
)

ACROSS_DOCUMENTS = (
    """
CREATE TABLE authority (             -- which name stands for which across documents
  kind TEXT NOT NULL,                -- village, township, programme, organisation, person
  name TEXT NOT NULL,                -- a variant
  township TEXT NOT NULL,            -- only there; empty: everywhere
  canonical TEXT NOT NULL,           -- what it stands for; never a variant itself
  source TEXT NOT NULL,              -- gazetteer or rules: what the entry was taken from
  PRIMARY KEY (kind, name, township)
) WITHOUT ROWID""",
    """
CREATE TABLE gazetteer (             -- the archive's own places
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  township TEXT NOT NULL,            -- empty where none was given
  aliases TEXT NOT NULL,             -- as given, other names of the place
  "from" TEXT NOT NULL,              -- first year, empty where unknown
  "to" TEXT NOT NULL,                -- last year, empty where it still exists
  successor TEXT NOT NULL,           -- the place it was merged into or renamed to, empty where none
  PRIMARY KEY (township, name, kind, "from")
) WITHOUT ROWID""",
    """
CREATE INDEX mentions_by_name ON mentions (kind, coalesce(json_extract(value, '$.canonical'),
  json_extract(value, '$.title'), json_extract(value, '$.name'), text))""",
)

OF_NAMES = "kind IN ('village', 'township', 'person', 'organisation', 'programme')"
"""Stands in the view `named` and in what else looks up names, word for word: else SQLite does not use the index."""
NAMES_ONLY = (
    "DROP INDEX mentions_by_name",
    f"""
CREATE INDEX mentions_by_name ON mentions (kind, coalesce(json_extract(value, '$.canonical'),
  json_extract(value, '$.title'), json_extract(value, '$.name'), text))
WHERE {OF_NAMES}""",
)
"""What are no names (numbers, dates) is not looked up by name; half of what was written to the index."""

VERDICTS = (
    """
CREATE TABLE verdicts (              -- what people decided; rows are only ever added
  number INTEGER PRIMARY KEY,        -- in the order they were made
  target TEXT NOT NULL,              -- line, cell, mention, field, name
  action TEXT NOT NULL,              -- accept, reject, fix
  document TEXT NOT NULL,            -- sha256; empty for canonical names
  page INTEGER,                      -- page number
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  start INTEGER,                     -- offset in the page's text when it was judged
  name TEXT NOT NULL,                -- kind of fact, field, or kind of name
  township TEXT NOT NULL,
  old TEXT NOT NULL,                 -- what stood there
  new TEXT,                          -- what it should be
  who TEXT NOT NULL,
  at TEXT NOT NULL,                  -- ISO 8601, UTC
  source TEXT NOT NULL,              -- file it was imported from, empty for the command line
  note TEXT NOT NULL
)""",
    """
CREATE UNIQUE INDEX verdicts_once ON verdicts (document, target, coalesce(page, 0), coalesce(start, -1),
  coalesce(x0, -1), coalesce(y0, -1), name, township, old, coalesce(new, ''), action, who, at)""",
    "CREATE INDEX verdicts_by_document ON verdicts (document, target)",
    """
CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts BEGIN
  SELECT raise(ABORT, 'verdicts are only ever added');
END""",
    """
CREATE TRIGGER verdicts_remain BEFORE DELETE ON verdicts BEGIN
  SELECT raise(ABORT, 'verdicts are only ever added');
END""",
    "CREATE INDEX lines_doubtful ON lines (page, number) WHERE doubtful",
)

DESCRIPTION = (
    "ALTER TABLE documents ADD COLUMN catalogue_number TEXT",  # 目录号
    "ALTER TABLE documents ADD COLUMN volume_number TEXT",  # 案卷号
    "ALTER TABLE documents ADD COLUMN year TEXT",  # 年度
    "ALTER TABLE documents ADD COLUMN department TEXT",  # 机构或问题
    "ALTER TABLE documents ADD COLUMN note TEXT",  # 备注
    "CREATE INDEX documents_by_item_number ON documents (item_number)",
    "ALTER TABLE ledger ADD COLUMN recorded_at TEXT",  # when the row was last written, ISO 8601, UTC
)

_QUEUE_REPLACED = """
  INSERT INTO index_queue (page, indexed)
  SELECT id, text FROM pages
  WHERE (id = new.id OR (document = new.document AND number = new.number))
  AND NOT EXISTS (SELECT 1 FROM index_queue WHERE page = pages.id)"""

# The index holds no text, so removing a page from it needs the text that was indexed: triggers keep it in the queue and
# the writer drains the queue before it commits. The first entry of a page wins, whatever else happens to the page. It
# is guarded by NOT EXISTS, because OR IGNORE inside a trigger gives way to an OR REPLACE of the statement outside; the
# BEFORE triggers catch the rows that such a REPLACE removes without firing a DELETE trigger.
FIRST_INDEX = (
    """
CREATE TABLE index_queue (           -- pages that changed since they were indexed
  page INTEGER PRIMARY KEY,
  indexed TEXT                       -- the text that the index holds for it, NULL where it holds none
)""",
    "CREATE VIRTUAL TABLE pages_index USING fts5 (tokens, content = '', tokenize = 'ascii')",
    f"CREATE TRIGGER pages_before_insert BEFORE INSERT ON pages BEGIN {_QUEUE_REPLACED}; END",
    f"""
CREATE TRIGGER pages_before_update BEFORE UPDATE OF id, document, number ON pages BEGIN {_QUEUE_REPLACED}; END""",
    """
CREATE TRIGGER pages_after_insert AFTER INSERT ON pages BEGIN
  INSERT INTO index_queue (page, indexed)
  SELECT new.id, NULL WHERE NOT EXISTS (SELECT 1 FROM index_queue WHERE page = new.id);
END""",
    """
CREATE TRIGGER pages_after_update AFTER UPDATE OF id, text ON pages BEGIN
  INSERT INTO index_queue (page, indexed)
  SELECT old.id, old.text WHERE NOT EXISTS (SELECT 1 FROM index_queue WHERE page = old.id);
  INSERT INTO index_queue (page, indexed)
  SELECT new.id, NULL WHERE NOT EXISTS (SELECT 1 FROM index_queue WHERE page = new.id);
END""",
    """
CREATE TRIGGER pages_after_delete AFTER DELETE ON pages BEGIN
  INSERT INTO index_queue (page, indexed)
  SELECT old.id, old.text WHERE NOT EXISTS (SELECT 1 FROM index_queue WHERE page = old.id);
END""",
)
