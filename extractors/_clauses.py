"""What stands around a number: what is counted, per what, in which scope, as of when; windows are bounded."""

import re
from collections.abc import Collection

from extractors import _phrases
from extractors._quantities import Quantity
from extractors._view import View
from extractors.languages import zh

_PER = re.compile(
    r"每[^，。；：！？、,;:\n每]{1,8}?(?=[^\u4e00-\u9fff]|至少|不少于|平均|奖励|补助|补贴|保持|联系|到|均|有|需|要|$)|"
    r"[人户村亩组班镇乡县校日月年]均|各[村组户镇乡县]?[^，。；：！？、,;:\n每]{0,2}(?:[（(]社区[）)])?(?=[^\u4e00-\u9fff]|至少|不少于|$)"
)
_SCOPE = re.compile(r"全[镇乡村县区市省国校社街州旗]|其中|本[镇乡村县区]")
_AS_OF = re.compile(
    r"(?:截至|截止到?|至|到)(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?(?P<end>底|末|年底)?"
)
_AREA = re.compile(r"[\u4e00-\u9fff]{1,6}[省市区县州旗镇乡]")
_SPENT = re.compile(r"(?:总)?(?:投资|投入|出资|注资|拨款|斥资|筹资|集资|捐资|争取资金|耗资)")


def object_of(seen: View, quantity: Quantity, names: Collection[str] = (), floor: int = 0) -> str | None:
    """The phrase that is counted: behind the unit (48名机关党建指导员) or before the number (冷库4间).

    A name of a place (`names`) is none: 清水村三户 counts 户. `floor` is where the number before ends.
    """
    unit = quantity.unit
    if unit in zh.UNIT_OBJECTS:
        return zh.UNIT_OBJECTS[unit]
    behind, ahead = _phrases.after(seen, quantity.end), _phrases.before(seen, quantity.start, floor)
    if seen.folded[quantity.start - 1 : quantity.start] in tuple("和与及或、"):
        ahead = None  # 7个县和48个乡: the noun before is another's
    if ahead is not None and (ahead[0] in zh.SCOPES or ahead[0] in names or _other(seen, quantity, ahead[0], floor)):
        ahead = None
    if (unit in zh.CLASSIFIERS and unit not in zh.HEADS_BEFORE) or seen.folded[
        quantity.start - 1 : quantity.start
    ] == "的":
        ranked = [_direct(behind), _direct(ahead), behind, ahead]
    else:
        ranked = [_direct(ahead), _direct(behind), ahead if unit not in ("人", "户") else behind, ahead, behind]
    return next((one[0] for one in ranked if one is not None and _usable(one[0])), None)


def _other(seen: View, quantity: Quantity, ahead: str, floor: int) -> bool:
    """In 10个自然村2945户, 西区2人 the noun before the number is the place, and not what is counted."""
    if quantity.unit not in ("人", "户"):
        return False
    return (floor > 0 and seen.folded.startswith(ahead, floor)) or bool(_AREA.fullmatch(ahead))


def money_object(seen: View, quantity: Quantity) -> str | None:
    """What the money is (总产值), or what it was spent on with the verb (蔬菜市场投资)."""
    ahead, behind = _phrases.before(seen, quantity.start), _phrases.after(seen, quantity.end)
    if behind is not None and seen.folded[quantity.start - 1 : quantity.start] == "的" and not _direct(ahead):
        ahead = behind
    head = ahead[0] if ahead is not None else ""
    if not _SPENT.fullmatch(head):
        return _usable(head) if head else (_usable(behind[0]) if behind is not None else None)
    purpose = (
        re.sub(r"^(?:建[成设立起]?|用于|实施|新建|修建|改造|打造|的)", "", behind[0]) if behind is not None else ""
    )
    if len(purpose) < 2:
        at = seen.folded.rfind(head, max(0, quantity.start - 24), quantity.start)
        payer = _direct(_phrases.before(seen, at)) if at > 0 else None
        purpose = payer[0] if payer is not None else ""
    return f"{purpose}{head}"


def _direct(phrase: tuple[str, bool] | None) -> tuple[str, bool] | None:
    return phrase if phrase is not None and phrase[1] else None


def _usable(phrase: str) -> str | None:
    return phrase if len(phrase) > 1 or phrase in zh.SHORT_OBJECTS else None


def per_of(seen: View, quantity: Quantity) -> str | None:
    """每户, 每个党支部, 人均 in the clause before the number; several are joined."""
    left = max(_cut(seen.folded, quantity.start, "，。；：！？,;:!?\n"), quantity.start - 24)
    found = [match.group() for match in _PER.finditer(seen.folded, left, quantity.start)]
    return "、".join(found) or None


def scope_of(seen: View, quantity: Quantity) -> str | None:
    """全镇, 其中 in the sentence before the number, the nearest one."""
    left = max(_cut(seen.folded, quantity.start, "。；！？;!?\n"), quantity.start - 24)
    found = [match.group() for match in _SCOPE.finditer(seen.folded, left, quantity.start)]
    return found[-1] if found else None


def as_of(seen: View, quantity: Quantity) -> str | None:
    """截至2019年底 in the sentence before the number, as an ISO date: 2019-12-31; as precise as printed."""
    left = max(_cut(seen.folded, quantity.start, "。！？!?\n"), quantity.start - 60)
    found = list(_AS_OF.finditer(seen.folded, left, quantity.start))
    if not found:
        return None
    match = found[-1]
    if match["end"]:
        return f"{match['year']}-12-31"
    parts = [match["year"], *(f"{int(match[name]):02}" for name in ("month", "day") if match[name])]
    return "-".join(parts)


def _cut(text: str, end: int, stops: str, reach: int = 60) -> int:
    """Offset after the last of `stops` before `end`, at most `reach` characters back."""
    left = max(0, end - reach)
    return max((text.rfind(stop, left, end) for stop in stops), default=-1) + 1 or left
