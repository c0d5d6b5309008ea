"""Facts across documents.

`authority` and `gazetteer` say which names are one, `profiles` (with `gathered` and `nearness`) what all documents say
of a name, `checks` and `across` (with `numbers`) which numbers do not agree.
"""
