"""The archive: one folder that holds everything, and the only door to sqlite-utils.

    archive.db      ledger, stage records, documents, facts, search index; opened by any SQLite tool
    originals/      content-addressed copies of what was ingested
    images/         one display image per page
    archive.lock    says who writes

One parent process writes; every change happens inside `store.Archive.transaction()`, which also brings the search
index up to date before it commits. Modules: `store` opens and locks, `tables`, `views` and `migrations` are the
schema, `records` keeps what stages return, `documents` writes and reads whole documents, `folding` and `index` turn
page text into searchable tokens, `grammar`, `query`, `reading` and `near` say what a query means, `selection` and
`search` find its pages, `titles` first. `filters`, `where` and `evidence` say which pages and which words on them fit
filters, `facets` how hits spread, `saved` keeps searches. `authority` and `gazetteer` say which names are one across
documents, `profiles` (with `gathered` and `nearness`) what all documents say of a name, `checks` and `across` (with
`numbers`) which numbers do not agree. `verdicts` is what people decided, `queue` (with `things` and `surroundings`)
what waits for them. `care` and `fixity` prove that an archive agrees with itself and its files, `upkeep` keeps it
fast, `merge` joins two, `publication` copies what may be seen; `holdings` and `page_image` give what lies beside the
records.
"""
