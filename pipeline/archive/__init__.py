"""The archive: one folder that holds everything, and the only door to sqlite-utils.

    archive.db      ledger, stage records, documents, facts, search index; opened by any SQLite tool
    originals/      content-addressed copies of what was ingested
    images/         one display image per page
    archive.lock    says who writes

One parent process writes; every change happens inside `store.Archive.transaction()`, which also brings the search
index up to date before it commits. Modules: `store` opens and locks, `tables`, `views` and `migrations` are the
schema, `records` keeps what stages return, `documents` writes and reads whole documents, `select` chooses them,
`folding` and `index` turn page text into searchable tokens, `titles` those of titles, `upkeep` keeps all of it fast,
`holdings` and `page_image` give what lies beside the records. Folders: `search` finds pages, `facts` joins what
documents say, `review` keeps what people decide and what waits for them, `care` proves, joins and publishes archives.
"""
