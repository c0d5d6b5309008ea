"""Xiangdang in Datasette; the only door to it.

Datasette finds `plugin` by itself where both are installed: the search box of the table `pages` of
`datasette archive/archive.db` then takes our query language.
"""
