"""Mentions: the pieces of text that name a village, a count, a programme, with their normalised values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from schemas.table import Box

MentionKind = Literal[
    "village",
    "township",
    "place",
    "count",
    "money",
    "date",
    "person",
    "organisation",
    "programme",
    "document",
    "event",
]
"""Kinds of mentions."""
Measure = Literal[
    "people",
    "households",
    "villages",
    "organisations",
    "animals",
    "items",
    "area",
    "length",
    "volume",
    "mass",
    "energy",
    "power",
    "share",
    "times",
    "multiple",
    "duration",
    "age",
    "other",
]
"""What kind of quantity a count is."""
Qualifier = Literal["exact", "approximate", "minimum", "maximum", "range"]
"""How a number bounds what it counts: 1100余户 is a minimum, 近200名 a maximum, 2—3名 a range."""
ProgrammeType = Literal["campaign", "project", "institution", "award", "plan"]
"""What a programme is."""


class _Value:
    """Values refuse unknown keys, so that JSON finds the one class that fits."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue(_Value):
    """A village, township or other place."""

    name: str
    """As printed, with the suffix an elided list leaves out (明梅、槽碓等村 → 明梅村)."""
    canonical: str
    """The name used across documents."""
    level: str
    """province, city, county, township, village, community, natural_village, group, ..."""
    code: str | None
    """Official division code, or None."""
    township: str | None
    """Township the document places it in, or None."""
    anaphor: bool = False
    """True for 该镇, 全镇, 本村: `canonical` is what it stands for, or itself where that is not known."""
    suggested: str | None = None
    """A name of the gazetteer that was probably meant where recognition misread it (蔡压村: 蔡庄村); never a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountValue(_Value):
    """How many of what."""

    value: float | None
    """The number where it is exact or approximate, else None."""
    min: float | None
    """Lower bound, None where there is none."""
    max: float | None
    """Upper bound, None where there is none."""
    qualifier: Qualifier
    """How the number is meant."""
    unit: str
    """Classifier or unit as printed: 名, 户, 亩."""
    object: str | None
    """What is counted, as a phrase: 机关党建指导员."""
    per: str | None
    """每人, 每户, or None."""
    scope: str | None
    """全镇, 其中, or None."""
    as_of: str | None = None
    """ISO 8601 date at which the number held (截至2019年底), or None."""
    measure: Measure = "other"
    """What kind of quantity it is."""
    canonical_unit: str | None = None
    """Unit of the converted values: 人, 户, 个, m², m, kg, %, s ...; None where nothing is converted."""
    canonical_value: float | None = None
    """`value` in the canonical unit."""
    canonical_min: float | None = None
    """`min` in the canonical unit."""
    canonical_max: float | None = None
    """`max` in the canonical unit."""
    place: str | None = None
    """Canonical village a table row or a sentence counts for, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyValue(_Value):
    """A sum of money."""

    amount: str
    """Decimal string in whole units of the currency: 600000; the bound that is known where there is one bound."""
    currency: str
    """ISO 4217, CNY unless another is printed."""
    value: float | None
    """The amount where it is exact or approximate, else None."""
    min: float | None
    """Lower bound, None where there is none."""
    max: float | None
    """Upper bound, None where there is none."""
    qualifier: Qualifier
    """How the amount is meant."""
    object: str | None
    """What it was spent on or given for, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue(_Value):
    """A date, a period or a recurrence."""

    start: str | None
    """ISO 8601, as precise as printed: 2019, 2019-07, 2019-07-01; None where vague."""
    end: str | None
    """Last day, month or year of a period, same form; equal to start for a single date."""
    precision: Literal["day", "month", "quarter", "year", "decade", "period", "none"]
    """How exact the printed form is."""
    recurrence: str | None
    """ISO 8601 duration of a repetition (每周五: P1W), or None."""
    vague: bool
    """True for 近年来, 目前 and the like."""
    base: str | None = None
    """ISO 8601 date from which a relative one (今年, 7月1日) was reckoned; None where nothing was inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonValue(_Value):
    """A person."""

    name: str
    """As printed."""
    role: str | None
    """Title or role beside the name, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationValue(_Value):
    """A party, government, village, company or school body."""

    name: str
    """As printed."""
    canonical: str
    """The full name: 永安镇党委 → 中共永安镇委员会."""
    type: str
    """party_committee, government, company, school, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeValue(_Value):
    """A campaign, project, institution, award or plan."""

    name: str
    """As printed."""
    canonical: str
    """Without quotation marks and variants."""
    type: ProgrammeType
    """What it is."""
    generic: bool
    """True where the words name a kind (奖惩制度), not one programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentValue(_Value):
    """A document that is cited."""

    title: str
    """Without 《》."""
    number: str | None
    """文号, or None."""
    issuer: str | None
    """Who issued it, or None."""
    date: str | None = None
    """ISO 8601 date of issue, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventValue(_Value):
    """Who did what."""

    who: str
    """The subject."""
    action: str
    """The verb."""
    what: str
    """The rest."""
    source: Literal["caption", "text"]
    """Where it was found."""


Value = (
    PlaceValue
    | CountValue
    | MoneyValue
    | DateValue
    | PersonValue
    | OrganisationValue
    | ProgrammeValue
    | DocumentValue
    | EventValue
)


class _FirstThatFits:
    """Tells the codec to take the first kind of value that fits, instead of trying all: no JSON fits two of them."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return {**handler(source), "mode": "left_to_right"}


AnyValue = Annotated[Value, _FirstThatFits()]
"""A value as a field of a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionBox:
    """One piece of a mention on a page; a mention broken over two lines has two."""

    page: int
    """Page number, from 1."""
    bbox: Box
    """On the upright page image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in the text that states a fact. `text[start:end] == mention.text` always holds."""

    id: str
    """m1, m2, ... in the order of the text, unique in the document."""
    kind: MentionKind
    """What it names."""
    text: str
    """As printed."""
    start: int
    """Offset of its first character in the document's text."""
    end: int
    """Offset after its last character."""
    value: AnyValue
    """Normalised."""
    boxes: tuple[MentionBox, ...] = ()
    """Where it stands on the page images; empty for plain text."""
    confidence: float
    """0 to 1: the rule's own trust; a value below 0.5 is a suggestion."""
    rule: str
    """member.rule that found it, such as `counts.classifier`."""
    review: str | None = None
    """Verdict of a person: accepted, rejected, fixed, added (no rule found it); None where nobody looked."""
