"""How good an archive is, measured against what people read: `facts` against gold facts, `pages` against page truth.

`facts.measure` and `pages.measure` take documents and return a frozen report: `metrics` (flat names such as
`f1.count` or `line_cer.R.clean`), figures per document, `lines()` for people and `as_json()` for programs.
`of_archive` of both reads the documents from an open archive. `gates` compares metrics with thresholds from a file.
A gold or truth that cannot be read is a UsageError; a gate that fails is GateFailed.
"""
