"""What the files of a document are called: after its source, with its id, so that no two are the same."""

import re
from pathlib import PurePosixPath

from schemas.document import Document

_LONGEST = 50
"""Characters of a source's name that are kept; at most four bytes each, and file systems take 255 bytes."""
_UNSAFE = re.compile(r"[^\w.()()〔〕【】-]+")


def file_name(document: Document) -> str:
    """What the source is called; the folders it lay in are nobody else's business."""
    return PurePosixPath(document.source.replace("\\", "/")).name


def stem(document: Document) -> str:
    """A file name without suffix: `简报一-1a2b3c4d5e6f7a8b`. Holds letters, digits, brackets, `.`, `_` and `-` only."""
    name = PurePosixPath(file_name(document)).stem
    return f"{_UNSAFE.sub('_', name)[:_LONGEST].strip('._-') or 'document'}-{document.id}"
