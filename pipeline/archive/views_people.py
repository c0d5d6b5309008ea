"""Views for the questions people ask most: what is said of which village in which year, and where it is printed."""

_EVIDENCE = """m.document, d.source, d.title, substr(d.date, 1, 4) AS year, m.page,
  trim(replace(replace(substr(p.text, max(1, m.start - p.start - 19), min(20, m.start - p.start)), char(13), ''),
    char(10), '')) AS before,
  m.text AS printed,
  trim(replace(replace(substr(p.text, m."end" - p.start + 1, 20), char(13), ''), char(10), '')) AS after,
  b.x0, b.y0, b.x1, b.y1, p.image, m.confidence, m.review
FROM mentions AS m
JOIN documents AS d ON d.id = m.document
LEFT JOIN pages AS p ON p.document = m.document AND p.number = m.page
LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1
WHERE m.confidence >= 0.5 AND m.review IS NOT 'rejected' AND m.kind ="""

_BOUNDS = """json_extract(m.value, '$.value') AS value, json_extract(m.value, '$.min') AS at_least,
  json_extract(m.value, '$.max') AS at_most, json_extract(m.value, '$.qualifier') AS qualifier"""

PEOPLE_VIEWS = (
    """
CREATE VIEW villages_by_year AS      -- one row for each village and year; year is NULL where documents have no date
SELECT canonical AS village, township, year, count(DISTINCT document) AS documents, count(*) AS mentions,
  json_group_array(DISTINCT name) FILTER (WHERE name IS NOT NULL) AS printed_as
FROM named WHERE kind = 'village' GROUP BY canonical, township, year""",
    """
CREATE VIEW programmes_by_year AS
SELECT canonical AS programme, max(type) AS type, year, count(DISTINCT document) AS documents, count(*) AS mentions
FROM named WHERE kind = 'programme' AND NOT generic GROUP BY canonical, year""",
    f"""
CREATE VIEW counts_with_evidence AS  -- how many of what, with the words around it, page and box
SELECT json_extract(m.value, '$.object') AS object, {_BOUNDS}, json_extract(m.value, '$.unit') AS unit,
  json_extract(m.value, '$.canonical_value') AS converted, json_extract(m.value, '$.canonical_unit') AS converted_unit,
  json_extract(m.value, '$.place') AS village, d.township, json_extract(m.value, '$.as_of') AS as_of,
  {_EVIDENCE} 'count'""",
    f"""
CREATE VIEW money_with_evidence AS
SELECT json_extract(m.value, '$.object') AS object, {_BOUNDS}, json_extract(m.value, '$.currency') AS currency,
  d.township, {_EVIDENCE} 'money'""",
    f"""
CREATE VIEW people_with_roles AS
SELECT json_extract(m.value, '$.name') AS person, json_extract(m.value, '$.role') AS role, d.township,
  {_EVIDENCE} 'person'""",
    """
CREATE VIEW documents_overview AS    -- one row a document: what it is, how much is in it, what should be looked at
SELECT d.source, d.title, d.document_number, d.issuer, d.date, d.township, d.item_number, d.retention, d.security,
  (SELECT count(*) FROM pages AS p WHERE p.document = d.id) AS pages,
  (SELECT sum(length(p.text)) FROM pages AS p WHERE p.document = d.id) AS characters,
  (SELECT count(*) FROM mentions AS m WHERE m.document = d.id) AS facts,
  (SELECT count(*) FROM checks AS c WHERE c.document = d.id AND NOT c.holds) AS failed_checks,
  (SELECT count(*) FROM lines AS l JOIN pages AS p ON p.id = l.page WHERE p.document = d.id AND l.doubtful)
    AS doubtful_lines,
  d.id AS document
FROM documents AS d""",
    """
CREATE VIEW corrections AS           -- who decided what, the latest last
SELECT v.number, v.at, v.who, v.target, v.action, v.name, v.old, v.new, d.source, v.page, v.x0, v.y0, v.x1, v.y1, v.note
FROM verdicts AS v LEFT JOIN documents AS d ON d.sha256 = v.document ORDER BY v.number""",
)
