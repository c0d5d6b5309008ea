"""What other libraries find in texts; run in a process of its own, by the interpreter that has the library.

    python _facts_peers.py NAME < TEXTS

TEXTS is a JSON list of texts. Prints JSON: seconds to start, CPU seconds for the texts, peak memory in megabytes, and
for each text what was found as [kind, start, end, value]. Exit code 3: the library is not installed.
"""

import json
import re
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

Found = tuple[str, int, int, dict]
Finder = Callable[[str], Iterator[Found]]
NOT_INSTALLED = 3
_NUMERAL = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿点.．]+")
_TOWNSHIP = re.compile(r".+(?:镇|乡|街道|苏木)$")
_VILLAGE = re.compile(r".+(?:村|社区|嘎查|屯)$")
_FIRST = "2019年7月1日,云溪镇竹山村投资60万元,奖励1100余户。"
"""What a library reads first, so that everything it loads late is loaded."""


def xiangdang() -> Finder:
    """All kinds, at the places and with the values of the mentions."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from dataclasses import asdict

    import extractors
    from schemas.settings import ExtractSettings

    def find(text: str) -> Iterator[Found]:
        for one in extractors.extract(text, [], ExtractSettings()).mentions:
            yield one.kind, one.start, one.end, asdict(one.value)

    return find


def jionlp() -> Finder:
    """Money and dates; a length of time is no date."""
    import jionlp as jio

    def find(text: str) -> Iterator[Found]:
        for one in jio.ner.extract_money(text, with_parsing=True):
            told = one["detail"]["num"]
            low, high = told if isinstance(told, list) else (told, told)
            if low is not None:
                yield "money", *one["offset"], {"amount": low, "min": low, "max": high, "qualifier": "range"}
        for one in jio.ner.extract_time(text, time_base=time.time(), with_parsing=True):
            if one["type"] != "time_delta":
                yield "date", *one["offset"], {}

    return find


def jionlp_places() -> Finder:
    """Places by its recogniser, which names them without saying where they stand."""
    import jionlp as jio

    def find(text: str) -> Iterator[Found]:
        told = jio.recognize_location(text, top_k=None)
        names = set(told["others"] or ())
        names |= {name for place, _ in told["domestic"] or () for name in place.values() if name}
        for name in names:
            for match in re.finditer(re.escape(name), text):
                yield _place(name), *match.span(), {"name": name, "canonical": name}

    return find


def cn2an() -> Finder:
    """Numbers: every run of numerals that it can read."""
    import cn2an as library

    def find(text: str) -> Iterator[Found]:
        for match in _NUMERAL.finditer(text):
            value = _read(library, match[0])
            if value is not None:
                yield "number", *match.span(), {"value": value}

    return find


def recognizers() -> Finder:
    """Numbers, percentages, currencies, dates; a length of time is no date."""
    warnings.simplefilter("ignore")
    from recognizers_date_time import recognize_datetime
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    def find(text: str) -> Iterator[Found]:
        numbers = recognize_number(text, Culture.Chinese) + recognize_percentage(text, Culture.Chinese)
        for one in numbers:
            value = _float((one.resolution or {}).get("value", "").rstrip("%"))
            if value is not None:
                yield "number", one.start, one.end + 1, {"value": value}
        for one in recognize_currency(text, Culture.Chinese):
            if one.resolution.get("value"):
                yield "money", one.start, one.end + 1, {"amount": one.resolution["value"]}
        for one in recognize_datetime(text, Culture.Chinese):
            if not one.type_name.endswith((".duration", ".time", ".timerange")):
                yield "date", one.start, one.end + 1, {}

    return find


def jieba() -> Finder:
    """Names by the tags of its dictionary (nr, ns, nt); numbers by the tag m, read by cn2an."""
    warnings.simplefilter("ignore")
    import cn2an as library
    import jieba.posseg as tagger

    def find(text: str) -> Iterator[Found]:
        at, begin, number = 0, 0, ""
        for word, tag in [*tagger.cut(text), ("", "")]:
            if tag == "m":
                begin, number = (begin, number + word) if number else (at, word)
            elif number:
                if (match := _NUMERAL.match(number)) and (value := _read(library, match[0])) is not None:
                    yield "number", begin, begin + match.end(), {"value": value}
                number = ""
            kind = {"nr": "person", "ns": _place(word), "nt": "organisation"}.get(tag[:2])
            if kind:
                yield kind, at, at + len(word), {"name": word, "canonical": word}
            at += len(word)

    return find


def _place(name: str) -> str:
    """Which kind of place a name is, by its ending."""
    return "township" if _TOWNSHIP.match(name) else "village" if _VILLAGE.match(name) else "place"


def _read(library: object, numeral: str) -> float | None:
    try:
        return float(library.cn2an(numeral.strip("."), "smart"))
    except ValueError:
        return None


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


PEERS = {maker.__name__: maker for maker in (xiangdang, jionlp, jionlp_places, cn2an, recognizers, jieba)}


def main() -> None:
    """Measure one library over the texts."""
    texts = json.load(sys.stdin)
    begun = time.process_time()
    try:
        find = PEERS[sys.argv[1]]()
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(NOT_INSTALLED)
    list(find(_FIRST))
    start = time.process_time() - begun
    begun = time.process_time()
    found = [list(find(text)) for text in texts]
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"start": start, "seconds": seconds, "megabytes": memory, "found": found}
    print("\n" + json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
