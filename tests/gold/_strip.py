"""Makes of gold with its text the form that is kept here: offsets and values against the text's sha256, no words of it.

    python tests/gold/_strip.py FROM TO

FROM is a folder of NAME.facts.json, TO the folder that NAME.json is written to. `pipeline.evaluation.gold.restore` puts
the words back where the text is at hand.
"""

import argparse
import hashlib
import json
from pathlib import Path


def strip(gold: dict) -> dict:
    """The gold without its text and without the words of its facts; in the order of the text."""
    facts = [
        {name: fact[name] for name in ("kind", "start", "end", "value")}
        | ({"optional": True} if fact.get("optional") else {})
        for fact in sorted(gold["facts"], key=lambda fact: (fact["start"], fact["end"], fact["kind"]))
    ]
    distractors = [
        {"start": one["start"], "end": one["end"], "why": one.get("why", "")} for one in gold.get("distractors", [])
    ]
    relations = [{name: value for name, value in one.items() if name != "text"} for one in gold.get("relations", [])]
    return {
        "document": gold["document"],
        "sha256": hashlib.sha256(gold["text"].encode()).hexdigest(),
        "kinds": gold["kinds"],
        "facts": facts,
        "distractors": distractors,
        "relations": relations,
        "checks": gold.get("checks", []),
    }


def written(gold: dict) -> str:
    """JSON with one fact a line, so that a change of one is a change of one line."""
    parts = []
    for name, value in gold.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in value)
            parts.append(f' "{name}": [\n{rows}\n ]')
        else:
            parts.append(f' "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Strip every gold of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="FROM")
    parser.add_argument("target", type=Path, metavar="TO")
    given = parser.parse_args()
    given.target.mkdir(parents=True, exist_ok=True)
    for path in sorted(given.source.glob("*.facts.json")):
        gold = strip(json.loads(path.read_text("utf-8")))
        name = path.name.removesuffix(".facts.json")
        (given.target / f"{name}.json").write_text(written(gold), "utf-8")


if __name__ == "__main__":
    main()
