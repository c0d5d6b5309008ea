"""One document on a reviewer's desk: what stands where a verdict points, after all verdicts so far."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pipeline.archive.store import Archive
from pipeline.layout.corrected import corrected, said, same_place, standing
from pipeline.layout.text import assemble
from pipeline.run.judged import judged
from pipeline.run.making import facts_of, pages_of
from pipeline.stages import fields
from pipeline.stages.found_again import KINDS, Mentions
from pipeline.stages.judged_values import value_of
from schemas.document import DocumentFacts
from schemas.page import PageText
from schemas.review import Verdict
from schemas.settings import ExtractSettings

Objection = tuple[Verdict, str]
"""A verdict and, in plain words, why it does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A verdict on something that no longer stands there: it was not stored."""

    verdict: Verdict
    """What was asked for."""
    now: str | None
    """What stands there now; None where nothing does."""
    earlier: Verdict | None
    """Who changed it, when and from what: the latest verdict on the same thing; None where no person did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a verdict meets."""

    now: str | None
    """What stands there now; None where nothing does."""
    earlier: Verdict | None
    """The latest verdict on the same thing."""
    wanted: str
    """What stands there once the verdict holds."""


class Desk:
    """A document with the verdicts on it; those that are taken are applied to what the next ones meet."""

    def __init__(self, archive: Archive, sha256: str) -> None:
        self._connection, self._sha256 = archive.connection, sha256
        known = judged(archive.connection, sha256, ExtractSettings())
        self.verdicts = list(known.verdicts)
        self._before = known.verdicts
        self._corrected: dict[int, PageText] = {}
        self._language = known.settings.language

    def meets(self, verdict: Verdict) -> Sight | Conflict | str:
        """What the verdict meets; a conflict where something else stands there; or why it cannot be meant."""
        problem = unsayable(verdict)
        if problem:
            return problem
        sight = self._sight(verdict)
        if isinstance(sight, str):
            return sight
        if _plain(sight.now) == _plain(verdict.old) or self._is_done(verdict, sight):
            return sight
        if sight.now is None and self._is_possible(verdict):
            return sight
        return Conflict(verdict=verdict, now=sight.now, earlier=sight.earlier)

    def is_repeated(self, verdict: Verdict, sight: Sight) -> bool:
        """Whether an earlier verdict brought about what this one asks for."""
        earlier = sight.earlier
        if earlier is None:
            return False
        if (earlier.action, earlier.new, earlier.who) == (verdict.action, verdict.new, verdict.who):
            return earlier.old == verdict.old or self._is_done(verdict, sight)
        return verdict.action == "fix" and verdict.old != verdict.new and self._is_done(verdict, sight)

    def take(self, verdict: Verdict) -> None:
        """The verdict counts from now on."""
        if verdict.target == "mention":
            self._mentions.apply(verdict)
        self.verdicts.append(verdict)
        self._corrected.pop(verdict.page or 0, None)

    def stale(self) -> list[Objection]:
        """The latest verdicts on lines, cells and mentions that do not apply to what is read now, and why."""
        judging = [one for one in self.verdicts if one.target in ("line", "cell", "mention")]
        if not judging:
            return []
        numbers = {page.number for page in self._pages}
        lost = [(one, f"page {one.page} is not read") for one in judging if one.page not in numbers]
        pages = [one for page in self._pages for one in corrected(page, self.verdicts).stale]
        mentions = self._mentions.stale if any(one.target == "mention" for one in judging) else ()
        return [*lost, *pages, *(one for one in mentions if one[0].page in numbers)]

    @cached_property
    def _pages(self) -> list[PageText]:
        return list(pages_of(self._connection, self._sha256))

    @cached_property
    def _facts(self) -> DocumentFacts:
        return facts_of(self._connection, self._sha256)

    @cached_property
    def _mentions(self) -> Mentions:
        """The mentions with the verdicts on them; their offsets point into the text that they were extracted from."""
        text = assemble([corrected(page, self._before).page for page in self._pages])
        return Mentions(self._facts, text, self.verdicts, self._language)

    def _page(self, number: int | None) -> PageText | None:
        raw = next((page for page in self._pages if page.number == number), None)
        if raw is None:
            return None
        if raw.number not in self._corrected:
            self._corrected[raw.number] = corrected(raw, self.verdicts).page
        return self._corrected[raw.number]

    def _sight(self, verdict: Verdict) -> Sight | str:
        if verdict.target == "field":
            return self._field(verdict)
        page = self._page(verdict.page)
        if page is None:
            return f"the document has no page {verdict.page} that is read"
        return self._mention(verdict) if verdict.target == "mention" else self._words(page, verdict)

    def _words(self, page: PageText, verdict: Verdict) -> Sight:
        earlier = next((one for one in reversed(self.verdicts) if same_place(one, verdict)), None)
        return Sight(now=standing(page, verdict), earlier=earlier, wanted=said(verdict))

    def _field(self, verdict: Verdict) -> Sight | str:
        try:
            wanted = fields.checked(verdict.name, fields.said(verdict))
        except ValueError as error:
            return str(error)
        now = fields.value_of(fields.described(self._facts.description, self.verdicts), verdict.name)
        same = [one for one in self.verdicts if (one.target, one.name) == ("field", verdict.name)]
        wanted = wanted.rpartition("/")[2] if verdict.name == "township" else wanted
        return Sight(now=now, earlier=same[-1] if same else None, wanted=wanted)

    def _mention(self, verdict: Verdict) -> Sight | str:
        found = self._mentions.find(verdict)
        if verdict.action == "fix":
            before = found.mention.value if found else None
            kind = next(kind for kind in KINDS if kind == verdict.name)
            if value_of(kind, verdict.new or "", self._language, before) is None:
                return f"{verdict.new!r} states no {verdict.name} that could be read; write it as a report would"
        state = found or (None if self._mentions.is_printed(verdict) else self._mentions.there(verdict))
        wanted = (verdict.new or "") if verdict.action == "fix" else verdict.old
        return Sight(now=state.words if state else None, earlier=state.verdict if state else None, wanted=wanted)

    def _is_done(self, verdict: Verdict, sight: Sight) -> bool:
        """Whether what the verdict asks for stands there by an earlier one."""
        done = sight.earlier is not None and _plain(sight.now) == _plain(sight.wanted)
        if verdict.target == "line" and verdict.action == "reject":
            return sight.now is None and sight.earlier is not None and sight.earlier.action == "reject"
        return done and (verdict.action == "fix" or verdict.target in ("field", "cell"))

    def _is_possible(self, verdict: Verdict) -> bool:
        """Whether a verdict may bring back what is not there: a rejected line, a mention that was missed."""
        if verdict.target == "mention":
            return verdict.action != "reject" and self._mentions.is_printed(verdict)
        raw = next(page for page in self._pages if page.number == verdict.page)
        return verdict.old == "" and verdict in corrected(raw, [*self.verdicts, verdict]).applied


def unsayable(verdict: Verdict) -> str:
    """Why a verdict cannot be meant, whatever stands there; empty where it can."""
    if not verdict.who.strip():
        return "it does not say who decided"
    if verdict.action == "fix" and verdict.new is None:
        return "a fix says what it should be"
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in verdict.new or "") and verdict.name != "attachments":
        return "the new text holds line breaks or control characters; a verdict is about one line"
    if verdict.target == "line" and verdict.action == "fix" and not (verdict.new or "").strip():
        return "a line without text is no line; reject it instead"
    if verdict.target in ("line", "cell", "mention") and (
        verdict.page is None or not (verdict.bbox or _placed(verdict))
    ):
        return "it does not say where on which page"
    if verdict.target == "mention" and verdict.name not in KINDS:
        return f"there is no kind {verdict.name!r}; kinds: {', '.join(KINDS)}"
    return ""


def _placed(verdict: Verdict) -> bool:
    return verdict.start is not None and verdict.target != "cell"


def _plain(text: str | None) -> str | None:
    """For comparing: without white space, which a spreadsheet may change."""
    return None if text is None else "".join(text.split())
