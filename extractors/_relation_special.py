"""Relations whose ends stand in other places than before and behind the verb."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._relation_frames import NEAR, Clause, Verb, acts, as_phrase, behind, counted, own_subject, relation
from extractors._relation_text import Phrase, Scene, phrase
from extractors.languages import zh
from schemas.entity import CountValue, Mention
from schemas.relation import Relation

_ON_WHOM = re.compile("对(?P<whom>[^，。对]{2,20}?)(?:进行|开展|实施|给予|实行)(?:了)?[\u4e00-\u9fff]{0,4}$")
_DONE = re.compile("(?:进行|开展|实施)了?[\u4e00-\u9fff]{0,4}$")
_AT = re.compile("在|到|赴")
_BY = re.compile("由|经")
_FOR = re.compile("为|给|向|对")
_TO = re.compile("|".join(sorted(map(re.escape, zh.TO), key=lambda word: (-len(word), word))))
_EACH = re.compile(
    r"每(?:[个名位]?[\u4e00-\u9fff]{1,6}?)(?=每[年月周季天日]|平均|至少|不少于|到|联系|帮|要|须|必须|应)"
)
_RUN_BY = re.compile(
    "由(?P<who>[\u4e00-\u9fff、（()）“”]{2,30}?)(?:共同|联合|具体|负责)*(?P<verb>主办|承办|协办|举办|发起|组织|组织实施|承建|建设|主管|运营)(?P<of>的)?"
)
_HOSTED = re.compile("(?P<who>[\u4e00-\u9fff（()）]{2,16}?)(?P<verb>主办|承办|协办)(?=、|的)")
_LED_BY = re.compile("由(?P<who>[^，。由]{2,20}?)(?P<verb>包抓|包联|联系|帮扶|负责|管理|包保)(?=$|[，。；、])")
_USE = re.compile(
    "，?(?P<verb>用于|建成|建设|新建|修建|兴建|扩建|改建|改造|购置|购买|打造|硬化|实施|完成|铺设|安装|整修|修缮|建)了?"
)
_PAIRED = re.compile(
    "(?P<who>[^，。与和同有]{2,20})(?:与|和|同)(?P<whom>[^，。与和同]{2,20}?)(?P<verb>结成|结为|结对|签订|建立)了?"
    "(?:[^，。]{0,6}(?:对子|亲戚|关系)|共建)"
)
_ASSESSING = ("检查", "督导", "调研")
_STUDY = ("参加培训", "参加", "进修", "培训学习", "参训", "培训", "学习培训", "参加学习")


def by_agent(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    """Who acts where 由 says so: 由县水利局投资180万元."""
    agent = behind(scene, verb, _BY, clause)
    return agent if agent is not None and acts(scene, agent.start, agent.end) else None


def paired(scene: Scene, clause: Clause, text: str) -> Iterator[Relation]:
    """县直单位28家与全镇14个村结成帮扶对子."""
    for match in _PAIRED.finditer(scene.seen.folded, clause.start, clause.end):
        who, whom = as_phrase(scene, *match.span("who")), as_phrase(scene, *match.span("whom"))
        counted_ = [bool(scene.inside(one.start, one.end, "count")) for one in (who, whom)]
        if all(acts(scene, one.start, one.end) or has for one, has in zip((who, whom), counted_, strict=True)):
            verb = Verb(text=match["verb"], start=match.start("verb"), end=match.end("verb"), predicate="contacts")
            yield relation(verb, who, whom, text=text, trust=0.85, rule="relations.pair")


def serves_in(scene: Scene, clause: Clause, verb: Verb, text: str) -> Iterator[Relation]:
    """8名“第一书记”在8个村挂职."""
    place, subject = behind(scene, verb, _AT, clause), own_subject(scene, clause, verb)
    if place is not None and subject is not None and subject.end <= place.start:
        yield relation(verb, subject, place, text=text, trust=0.9, rule="relations.locative")


def goes_to(scene: Scene, clause: Clause, verb: Verb, text: str) -> Iterator[Relation]:
    """组织支部书记到区委党校参加培训，到典型村进行参观学习: who goes is the one that was organised, else who acts."""
    target = _destination(scene, clause, verb)
    if target is None:
        if verb.text in _ASSESSING:
            yield from assesses(scene, clause, replace(verb, predicate="assesses"), text)
        return
    subject = own_subject(scene, clause, verb)
    if subject is None or subject.end > target.start:
        subject = clause.pivot or clause.topic
    if subject is not None:
        predicate = "sends_to" if verb.text in _STUDY else "visits"
        yield relation(verb, subject, target, text=text, trust=0.8, rule="relations.destination", predicate=predicate)


def _destination(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    """The last place behind 到 or 赴 before the verb, of which nothing but 进行 stands between the two."""
    found = None
    for match in _TO.finditer(scene.seen.folded, max(clause.start, verb.start - NEAR), verb.start):
        end = _place_end(scene, match.end(), verb.start)
        rest = scene.seen.folded[end : verb.start]
        if (
            end > match.end()
            and acts(scene, match.end(), end)
            and re.fullmatch("进行|开展|等地?|实地|集中|参加", rest or "进行")
        ):
            found = as_phrase(scene, match.end(), end)
    return found


def _place_end(scene: Scene, at: int, limit: int) -> int:
    """Offset after the place: up to the verb where all of it is one phrase that ends with who is visited."""
    text = scene.seen.folded[at:limit]
    plain = re.sub("(?:进行|开展|实地|集中)+$", "", text)
    if len(plain) < 40 and acts(scene, at, at + len(plain)) and not re.search("[，。了]|进行", plain):
        return at + len(plain)
    return phrase(scene, at, limit)


def awards(scene: Scene, clause: Clause, verb: Verb, text: str) -> Iterator[Relation]:
    """为每户获奖家庭奖励一台洗衣机, 奖励每户1000元, 每户补助500元: the subject is who receives."""
    numbers = scene.inside(verb.end, clause.end, "count", "money")
    if not numbers:
        return
    first = numbers[0]
    if isinstance(first.value, CountValue) and first.value.unit in (*zh.DURATIONS, *zh.PERCENT):
        return
    given = scene.seen.folded[verb.end : first.start]
    taker = behind(scene, verb, _FOR, clause) or _benefited(scene, clause, verb)
    direct = re.sub(r"^[了给]+|(?:现金|资金|共计?|各|人民币)+$", "", given)
    if taker is None and direct and acts(scene, first.start - len(direct), first.start):
        start = verb.end + given.index(direct)
        taker = as_phrase(scene, start, start + len(direct))
    if taker is None:
        subject = own_subject(scene, clause, verb)
        taker = subject if subject is not None and subject.text.startswith(("每", "各")) else None
    if taker is None:
        yield from _handed_out(scene, clause, verb, first, text)
        return
    prize = counted(scene, max(verb.end + (scene.seen.folded[verb.end] == "了"), taker.end), first, clause.end)
    if len(given) < 6 or (taker.end > verb.end and len(given) < 16):
        yield relation(verb, taker, prize, text=text, trust=0.85, rule="relations.benefit")


def _handed_out(scene: Scene, clause: Clause, verb: Verb, first: Mention, text: str) -> Iterator[Relation]:
    """发放宣传单500余份: who hands out what, where nobody is named who receives."""
    subject = own_subject(scene, clause, verb) or clause.topic
    if (
        verb.text != "发放"
        or subject is None
        or subject.trust < 0.8
        or first.start - verb.end > 10
        or not acts(scene, subject.start, subject.end)
    ):
        return
    what = counted(scene, verb.end + (scene.seen.folded[verb.end] == "了"), first, clause.end)
    if what.end - what.start > first.end - first.start:
        yield relation(verb, subject, what, text=text, trust=0.85, rule="relations.clause", predicate="distributes")


def _benefited(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    """为每户获奖家庭: up to the verb, where the phrase holds a verb of its own (获奖)."""
    matches = list(_FOR.finditer(scene.seen.folded, max(clause.start, verb.start - NEAR), verb.start))
    if not matches or not 1 < verb.start - matches[-1].end() < 16:
        return None
    match = matches[-1]
    good = acts(scene, match.end(), verb.start)
    return as_phrase(scene, match.end(), verb.start, 0.95) if good else None


def assesses(scene: Scene, clause: Clause, verb: Verb, text: str) -> Iterator[Relation]:
    """由党员和群众代表进行评议, 镇党委对各支部进行年度考核."""
    on = _ON_WHOM.search(scene.seen.folded, max(clause.start, verb.start - NEAR), verb.start)
    done = _DONE.search(scene.seen.folded, max(clause.start, verb.start - 8), verb.start)
    subject = _agent(scene, clause, verb) or own_subject(scene, clause, verb)
    if on is not None:
        whom: Phrase | None = as_phrase(scene, *on.span("whom"))
        subject = subject or (clause.topic if clause.topic is not None and clause.topic.trust > 0.6 else None)
    elif done is not None:
        whom = clause.pivot
    else:
        whom = _object_of(scene, clause, verb) if verb.text not in _ASSESSING else None
    if subject is not None and whom is not None and subject.end != whom.end:
        yield relation(verb, subject, whom, text=text, trust=0.8, rule="relations.passive")


def run_by(scene: Scene, clause: Clause, text: str) -> Iterator[Relation]:
    """“最美庭院”评比活动由镇妇联主办; 由县水利局承建的引水工程."""
    for match in _RUN_BY.finditer(scene.seen.folded, clause.start, clause.end):
        if not acts(scene, *match.span("who")):
            continue
        after = scene.inside(match.end(), clause.end, "programme") if match["of"] else []
        before = scene.inside(clause.start, match.start(), "programme", "document")
        near = [one for one in after if one.start - match.end() < 8] or [
            one for one in before if one.end == match.start()
        ]
        for one in near[:1]:
            predicate = "builds" if match["verb"] in ("承建", "建设") else "runs"
            verb = Verb(text=match["verb"], start=match.start("verb"), end=match.end("verb"), predicate=predicate)
            what = Phrase(start=one.start, end=one.end, text=one.text, mention=one.id)
            who = as_phrase(scene, *match.span("who"))
            yield relation(verb, who, what, text=text, trust=0.85, rule="relations.agent")


def led_by(scene: Scene, clause: Clause, text: str) -> Iterator[Relation]:
    """每个片区由1名副科级领导包抓."""
    match = _LED_BY.search(scene.seen.folded, clause.start, clause.end)
    if match is None or phrase(scene, clause.start, match.start()) != match.start():
        return
    if acts(scene, *match.span("who")):
        predicate = "manages" if match["verb"] in ("负责", "管理") else "contacts"
        verb = Verb(text=match["verb"], start=match.start("verb"), end=match.end("verb"), predicate=predicate)
        who, whom = as_phrase(scene, *match.span("who")), as_phrase(scene, clause.start, match.start())
        yield relation(verb, who, whom, text=text, trust=0.85, rule="relations.agent")


def hosted(scene: Scene, clause: Clause, text: str) -> Iterator[Relation]:
    """县妇联主办、柳溪镇承办的“巧手杯”刺绣大赛."""
    for match in _HOSTED.finditer(scene.seen.folded, clause.start, clause.end):
        after = [one for one in scene.inside(match.end(), clause.end, "programme") if one.start - match.end() < 36]
        between = scene.seen.folded[match.end() : after[0].start] if after else "，"
        if re.fullmatch("的|、[^，。的]{2,30}的", between) and acts(scene, *match.span("who")):
            verb = Verb(text=match["verb"], start=match.start("verb"), end=match.end("verb"), predicate="runs")
            what = Phrase(start=after[0].start, end=after[0].end, text=after[0].text, mention=after[0].id)
            yield relation(
                verb, as_phrase(scene, *match.span("who")), what, text=text, trust=0.85, rule="relations.agent"
            )


def funds(scene: Scene, clause: Clause, paid: Relation, text: str) -> Iterator[Relation]:
    """投资60万元建成冷库: what the money is for."""
    money = next((one for one in scene.inside(paid.start, clause.end, "money") if one.id == paid.object_mention), None)
    use = _USE.match(scene.seen.folded, money.end, clause.end) if money is not None else None
    if money is None or use is None:
        return
    end = phrase(scene, use.end(), clause.end)
    if end - use.end() > 1 and scene.seen.folded[end : end + 1] != "的":
        verb = Verb(text=use["verb"], start=use.start("verb"), end=use.end("verb"), predicate="funds")
        what = as_phrase(scene, use.end(), end)
        sum_ = Phrase(start=money.start, end=money.end, text=money.text, mention=money.id)
        yield relation(verb, sum_, what, text=text, trust=0.85, rule="relations.purpose")


def _agent(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    """Whom 由 names: all up to 进行, where that ends with somebody who acts."""
    for match in _BY.finditer(scene.seen.folded, max(clause.start, verb.start - NEAR), verb.start):
        rest = re.sub(r"(?:对[^对]{2,20})?(?:进行|开展|共同|集体)+$", "", scene.seen.folded[match.end() : verb.start])
        if rest and acts(scene, match.end(), match.end() + len(rest)):
            return as_phrase(scene, match.end(), match.end() + len(rest))
    return None


def _object_of(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    end = phrase(scene, verb.end, clause.end)
    found = end > verb.end and acts(scene, verb.end, end) and scene.seen.folded[end : end + 1] != "的"
    return as_phrase(scene, verb.end, end) if found else None


def quotas(scene: Scene, clause: Clause, text: str) -> Iterator[Relation]:
    """每人每月到帮包联系点调研工作不少于四天: the least that everybody has to do."""
    each = _EACH.search(scene.seen.folded, clause.start, clause.end)
    if each is None:
        return
    for mention in scene.inside(each.end(), clause.end, "count"):
        value = mention.value
        least = isinstance(value, CountValue) and value.qualifier == "minimum" and mention.start - each.end() < 30
        if not least or not re.search("不少于|至少|不低于|最少", scene.seen.folded[each.end() : mention.end]):
            continue
        start = _activity(scene, each.end(), mention.start)
        done = scene.seen.folded[start : mention.start]
        if len(done) < 2:
            continue
        who = as_phrase(scene, *each.span())
        what = Phrase(start=start, end=mention.end, text=scene.seen.folded[start : mention.end], mention=mention.id)
        verb = Verb(text=done, start=start, end=mention.start, predicate="quota")
        yield relation(verb, who, what, text=text, trust=0.8, rule="relations.quota")


def _activity(scene: Scene, start: int, end: int) -> int:
    """Where what has to be done begins: the first verb behind the last phrase with a preposition."""
    items, number, at = scene.seen.words.items, scene.seen.words.index(end - 1), end
    while number >= 0 and items[number].end == at and items[number].start >= start and end - items[number].start <= 6:
        word = items[number]
        if word.tag[:1] not in ("v", "n") or word.text in zh.PREPOSITIONS or word.text in zh.MANNERS:
            break
        at, number = word.start, number - 1
    return at
