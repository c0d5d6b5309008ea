"""What a language says about facts, as data. A file is a language; its name is what `--language` of extraction takes.

A language is a module of constants only: digits and scales, units, suffixes of places, surnames, words that end a
name, fixed terms that hold a numeral but count nothing. Grammar lives in the extractors.
"""
