"""A whole document as the later steps of extraction see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.document import Description
from schemas.entity import Mention
from schemas.page import PlacedTable, TextBlock
from schemas.settings import ExtractSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document, its layout and what is known of it so far."""

    text: str
    """The whole text."""
    blocks: Sequence[TextBlock]
    """Its blocks, in order; empty for bare text."""
    tables: Sequence[PlacedTable]
    """Its tables, in order."""
    settings: ExtractSettings
    """How facts are found."""
    description: Description
    """Title, date, township; while `settle` runs, what the mentions so far say."""
    mentions: tuple[Mention, ...] = ()
    """In the order of the text; empty while `settle` runs."""
