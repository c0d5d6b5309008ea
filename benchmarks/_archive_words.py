"""Invented township prose: seeded words with the frequencies of real text, villages, people, and numbers."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from schemas.entity import CountValue, DateValue, MentionKind, MoneyValue, PersonValue, PlaceValue, Value

WORDS = 40_000
"""Different words of the vocabulary."""
VILLAGES, TOWNSHIPS, PEOPLE = 3000, 60, 2000
"""Different names of each kind."""
_LENGTHS = ((1, 0.06), (2, 0.66), (3, 0.14), (4, 0.14))
"""Characters of a word, and the share of words that have as many."""
_FACT_EVERY = 60
"""Characters of prose between two facts, on average."""
_DIGITS = "零一二三四五六七八九"
_UNITS = (("名", "党员"), ("户", "贫困户"), ("亩", "水田"), ("人", "群众"), ("个", "项目"), ("头", "生猪"))

Found = tuple[int, str, MentionKind, Value]
"""Offset in its paragraph, text, kind and value of a fact."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and its facts."""

    text: str
    """Without line breaks."""
    facts: tuple[Found, ...]
    """In order."""


class Writer:
    """Writes paragraphs; the same seed, the same words and texts."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        # The 3,755 common characters of GB 2312: rows 16 to 55 of the code table.
        codes = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
        self._characters = [code.decode("gb2312") for code in codes[:3755]]
        self._random.shuffle(self._characters)
        self._character_weights = _zipf(len(self._characters), 20)
        self.words = list(dict.fromkeys(self._word() for _ in range(WORDS)))
        self._word_weights = _zipf(len(self.words), 3)
        self.villages = [self._name(2) + "村" for _ in range(VILLAGES)]
        self.townships = [self._name(2) + "镇" for _ in range(TOWNSHIPS)]
        self.people = [self._name(3) for _ in range(PEOPLE)]
        self._village_weights = _zipf(VILLAGES, 10)

    def reseed(self, number: int) -> None:
        """Begins a document: what follows depends on its number only."""
        self._random.seed(number)

    def title(self) -> str:
        """A headline."""
        return f"{self._random.choice(self.townships)}{self._random.randint(1995, 2024)}年{self._prose(8)}工作总结"

    def paragraph(self, characters: int) -> Paragraph:
        """Prose of about so many characters, a fact now and then."""
        parts, facts, length = [], [], 0
        while length < characters:
            prose = self._prose(self._random.randint(_FACT_EVERY // 2, _FACT_EVERY * 3 // 2))
            text, kind, value = self._fact()
            facts.append((length + len(prose), text, kind, value))
            parts += [prose, text, self._random.choice("，，。")]
            length += len(prose) + len(text) + 1
        return Paragraph("".join(parts), tuple(facts))

    def cells(self, count: int) -> list[str]:
        """Cells of a table: village, number, village, number ..."""
        return [self._village() if at % 2 == 0 else str(self._random.randint(1, 3000)) for at in range(count)]

    def spaced(self, text: str) -> str:
        """The text as recognition spaces it now and then: 柳 溪 村."""
        return " ".join(text) if self._random.random() < 0.01 else text

    def chance(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self._random.random() < share

    def _prose(self, characters: int) -> str:
        words = self._random.choices(self.words, cum_weights=self._word_weights, k=max(1, characters // 2))
        return "".join([*words[:-1], self._random.choice("，、"), words[-1]])

    def _fact(self) -> tuple[str, MentionKind, Value]:
        kind = self._random.choice(("village", "village", "count", "count", "money", "date", "person"))
        if kind == "village":
            name = self._village()
            place = PlaceValue(name=name, canonical=name, level="village", code=None, township=None)
            return name, "village", place
        if kind == "person":
            name = self._random.choice(self.people)
            return name, "person", PersonValue(name=name, role=None)
        if kind == "date":
            year = self._random.randint(1995, 2024)
            date = DateValue(start=str(year), end=str(year), precision="year", recurrence=None, vague=False)
            return f"{year}年", "date", date
        number = int(self._random.paretovariate(0.7)) % 5000 + 1
        return self._money(number) if kind == "money" else self._count(number)

    def _count(self, number: int) -> tuple[str, MentionKind, Value]:
        unit, thing = self._random.choice(_UNITS)
        printed = _DIGITS[number // 10] + "十" if 20 <= number < 100 and number % 10 == 0 else str(number)
        printed = f"{number:,}" if number > 999 and self.chance(0.3) else printed
        value = CountValue(
            value=float(number), min=float(number), max=float(number), qualifier="exact", unit=unit, object=thing,
            per=None, scope=None, measure="people", canonical_unit=unit, canonical_value=float(number),
        )  # fmt: skip
        return f"{printed}{unit}{thing}", "count", value

    def _money(self, number: int) -> tuple[str, MentionKind, Value]:
        value = MoneyValue(
            amount=str(number * 10_000), currency="CNY", value=number * 1e4, min=number * 1e4, max=number * 1e4,
            qualifier="exact", object=None,
        )  # fmt: skip
        return f"{number}万元", "money", value

    def _village(self) -> str:
        return self._random.choices(self.villages, cum_weights=self._village_weights)[0]

    def _word(self) -> str:
        lengths, shares = zip(*_LENGTHS, strict=True)
        return self._name(self._random.choices(lengths, shares)[0])

    def _name(self, length: int) -> str:
        return "".join(self._random.choices(self._characters, cum_weights=self._character_weights, k=length))


def _zipf(count: int, flat: int) -> Sequence[float]:
    """Cumulative weights 1 / (rank + flat)."""
    return list(accumulate(1 / (rank + flat) for rank in range(count)))


def lines_of(text: str, width: int) -> Iterator[str]:
    """The text cut into lines."""
    return (text[at : at + width] for at in range(0, len(text), width))
