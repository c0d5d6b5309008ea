"""One canonical name for the mentions of a programme in a document, and mentions that only the whole document tells.

“领头雁”工程, 书记“领头雁”工程 and a bare “领头雁” are one; so are 新农合 and 新型农村合作医疗.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors._canonical import is_subsequence
from extractors._found import Found
from extractors.languages import zh
from schemas.entity import ProgrammeValue

_QUOTED = re.compile(r"[“\"『「‘](?P<name>[^“”\"『』「」‘’\n]{2,16})[”\"』」’]")
_PLAIN = re.compile(r"[“”\"『』「」‘’\s]")
_ON = re.compile("实施|启动|开展|以来|覆盖|惠及|推进|成效|落地|落实|与|和|在|的|，|。|、|；|$")
_AND = ("、", "和", "与")
_FRAME = re.compile(rf"(?:{'|'.join(zh.PROGRAMME_FRAMES)})(?:了|着)?$")
_FEWEST, _MOST = 4, 24
"""Characters of a name that is looked for without quotation marks."""


def join(found: Sequence[Found], text: str) -> Iterator[Found]:
    """All facts, the programmes with joined names, and the mentions of known programmes that were not found yet."""
    programmes = [one for one in found if one.kind == "programme"]
    every = [*programmes, *_repeated(programmes, found, text)]
    names = _names(every)
    yield from (one for one in found if one.kind != "programme")
    for one in every:
        value = one.value
        assert isinstance(value, ProgrammeValue)
        canonical = names.get(value.canonical, value.canonical)
        canonical = zh.PROGRAMME_CANONICAL.get(canonical, canonical)
        yield replace(one, value=replace(value, canonical=canonical))


def _names(programmes: Iterable[Found]) -> dict[str, str]:
    """The canonical name for each that is another form of it."""
    counts: Counter[str] = Counter()
    cores: dict[str, set[str]] = defaultdict(set)
    for one in programmes:
        if isinstance(one.value, ProgrammeValue):
            counts[one.value.canonical] += 1
            core = _QUOTED.search(one.value.name)
            if core and len(core["name"]) > 2:
                cores[core["name"]].add(one.value.canonical)
    joined: dict[str, str] = {}
    kept: set[str] = set()
    for words, forms in cores.items():
        forms |= {words} if words in counts else set()
        whole = [form for form in forms if form != words]
        best = min(whole, key=lambda form: (-counts[form], len(form), form), default=words)
        kept.add(best)
        joined.update((form, best) for form in forms if form != best and _akin(form, best))
    known = frozenset(counts)
    for name in counts:
        if name not in joined and name not in kept and (longer := _longer(name, known)):
            joined[name] = joined.get(longer, longer)
    return joined


def _akin(form: str, best: str) -> bool:
    """True where the two say the same kind of thing: “一”工程 and “一”行动 of one quoted name do."""
    return form in best or best in form or form[:3] == best[:3]


def _longer(name: str, names: frozenset[str]) -> str | None:
    """The one longer name that this one shortens: 美丽家庭评选活动 for 评选活动 is none, 新农合 has its own list."""
    if len(name) < 4 or name in zh.PROGRAMME_GENERIC:
        return None
    found = (
        [other for other in names if len(name) < len(other) <= 3 * len(name) and other.endswith(name[-2:])]
        if len(names) < _FEW
        else []
    )
    found = [other for other in found if other[0] == name[0] and is_subsequence(name, other)]
    return found[0] if len(found) == 1 else None


_FEW = 400
"""Names in a document up to which each is compared with each."""


def _repeated(programmes: Sequence[Found], found: Sequence[Found], text: str) -> Iterator[Found]:
    """Quoted and bare mentions of names that the document tells elsewhere."""
    cores: dict[str, Found] = {}
    whole: dict[str, Found] = {}
    stems: dict[str, Found] = {}
    places = {one.start: one.end for one in found if one.kind in ("village", "township", "place")}
    for one in programmes:
        if not isinstance(one.value, ProgrammeValue) or one.value.generic:
            continue
        core = _QUOTED.search(one.value.name)
        if core and len(core["name"]) > 2 and core["name"] not in zh.PROGRAMME_NO_SLOGANS:
            cores.setdefault(core["name"], one)
        name = _PLAIN.sub("", one.value.name)
        if _FEWEST <= len(name) <= _MOST or (len(name) == _FEWEST - 1 and name.endswith(("制", "法", "奖"))):
            whole.setdefault(name, one)
            if (stem := _stem(one, text, places)) is not None:
                stems.setdefault(stem, one)
    taken = bytearray(len(text))
    for one in found:
        if one.kind in ("programme", "document"):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
    for match in _QUOTED.finditer(text) if cores else ():
        like = cores.get(match["name"])
        if like is not None and not any(taken[match.start() : match.end()]) and _stands(match, text):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            yield _again(like, match.start(), match.end(), text)
    beside = {one.start - 1 for one in programmes} | {one.end for one in programmes}
    joined = [
        (start, end, like)
        for start, end, like in (_bare(stems, text) if stems else ())
        if (start - 1 in beside and text[start - 1] in _AND) or (end in beside and text[end] in _AND)
    ]
    for start, end, like in (*_bare(whole, text), *joined):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield _again(like, start, end, text)


def _stem(one: Found, text: str, places: dict[int, int]) -> str | None:
    """What a text may call 清江县新风讲习活动 by beside another programme: 新风讲习."""
    name = text[places.get(one.start, one.start) : one.end]
    stem = next((name.removesuffix(last) for last in zh.PROGRAMME_STEMS if name.endswith(last)), name)
    return stem if stem != name and len(stem) >= _FEWEST and one.rule == "programmes.head" else None


def _stands(match: re.Match[str], text: str) -> bool:
    """True where a quoted name of three characters is surely the programme: a word of its own may be meant instead."""
    if len(match["name"]) > 3:
        return True
    before = text[max(0, match.start() - 6) : match.start()]
    return _FRAME.search(before) is not None or (before[-1:] == "、" and _ON.match(text, match.end()) is not None)


def _bare(names: dict[str, Found], text: str) -> Iterator[tuple[int, int, Found]]:
    """Where names stand without quotation marks, the longest first."""
    lengths: dict[str, list[int]] = defaultdict(list)
    for name in names:
        if len(name) not in lengths[name[:2]]:
            lengths[name[:2]].append(len(name))
    for sizes in lengths.values():
        sizes.sort(reverse=True)
    for at in range(len(text) - 1):
        for size in lengths.get(text[at : at + 2], ()):
            like = names.get(text[at : at + size])
            if like is not None:
                yield at, at + size, like
                break


def _again(like: Found, start: int, end: int, text: str) -> Found:
    assert isinstance(like.value, ProgrammeValue)
    return replace(
        like,
        start=start,
        end=end,
        value=replace(like.value, name=text[start:end]),
        confidence=0.6,
        rule="programmes.again",
    )
