"""One form for signs that print alike, so that two readings differ only where the print was read differently."""

import re
import unicodedata

SAME = str.maketrans("“”‘’「」『』〔〕【】[]—–―─．·•・○", '""\'\'""""()()()----....〇')
"""Signs that Chinese print uses interchangeably; a scan cannot tell them apart."""


def same(text: str) -> str:
    """The text in one width, without white space, with one form of quotes, brackets, dashes and dots."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(SAME)
    return re.sub("-+", "-", plain)
