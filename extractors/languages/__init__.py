"""What a language says about facts, as data. A file or a folder is a language; its name is what extraction is given.

A language is a module (or a folder of them, one namespace) of constants only: digits and scales, units, suffixes of
places, surnames, words that end a name, fixed terms that hold a numeral but count nothing. Grammar lives in the
extractors.
"""
