"""What the knowledge holds, for a person at a terminal: one drug in full, and how much of each document there is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from service.settings import Language

Json = Mapping[str, Any]
INDENT = "    "


def drug_lines(drug: Json, language: Language) -> Iterator[str]:
    """The overview of a drug, heading by heading."""
    names, found = drug["names"], drug["recognised_by"]
    yield f"{names['en']} · {names['zh']}  [{drug['drug']}]"
    codes = [f"{count} {system.upper()}" for system, count in found["codes"].items()] + [
        f"{found['products']} products"
    ]
    yield f"recognised by {', '.join(codes)}; words: {', '.join(found['text'])}"
    yield from _section(
        "LIMITS WHERE NO REGIMEN FITS", (f"{item[language]} [{item['level']}]" for item in drug["limits"])
    )
    yield from _section(
        "RECOMMENDED FOR", (line for item in drug["recommendations"] for line in _recommendation(item, language))
    )
    yield from _section("REGIMENS", (line for item in drug["regimens"] for line in _regimen(item, language)))
    for chapter in drug["statements"]:
        heading = f"STATEMENTS: {chapter['names'][language]} ({len(chapter['statements'])})"
        yield from _section(heading, (line for item in chapter["statements"] for line in _statement(item, language)))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", heading, *found)


def _recommendation(item: Json, language: Language) -> Iterator[str]:
    grade = f", grade {item['grade']}" if item["grade"] else ""
    yield f"  {item['names'][language]}: {item['choice'][language]}{grade}  ({item['locator']})"
    for words in filter(None, [item["condition"], *item["conditions_for_use"]]):
        yield f"{INDENT}{words[language]}"
    for special in item["special_populations"]:
        yield f"{INDENT}{special['population'][language]}: {special['text'][language]}"


def _regimen(item: Json, language: Language) -> Iterator[str]:
    sign_off = "; needs local sign-off" if item["sign_off"] else ""
    yield f"  {item['id']}  {item['indication'][language]}; {item['population'][language]}"
    for dose in item["doses"]:
        yield f"{INDENT}{dose[language]}"
    for accepted in item["accepted"]:
        whom = f" ({accepted['population'][language]})" if accepted["population"] else ""
        yield f"{INDENT}also accepted{whom}: {'; '.join(dose[language] for dose in accepted['doses'])}"
        yield f"{INDENT}{INDENT}{accepted['why'][language]}"
    for limit in item["limits"]:
        yield f"{INDENT}limit: {limit[language]} [{limit['level']}]"
    approvals = "; ".join(entry[language] for entry in item["regulatory"])
    yield f"{INDENT}{item['grade'][language]}; {approvals}"
    yield f"{INDENT}source: {item['source']['title'][language]}, {item['source']['locator']}{sign_off}"
    if item["unconfirmed"]:
        yield f"{INDENT}not confirmed outside: {', '.join(item['unconfirmed'])}"
    if item["note"][language]:
        yield f"{INDENT}{item['note'][language]}"


def _statement(item: Json, language: Language) -> Iterator[str]:
    yield f"  {item['severity']:<9}{item['id']}"
    yield f"{INDENT}{item['say'][language]}"


def coverage_lines(documents: Sequence[Json]) -> Iterator[str]:
    """One paragraph for each document: the count, then what is left out and why."""
    for item in documents:
        total = sum(len(item[part]) for part in ("implemented", "by_another", "left_out", "open"))
        yield f"{item['document']}: {len(item['implemented']) + len(item['by_another'])} of {total} entries"
        reasons = sorted(item["left_out"].items(), key=lambda pair: pair[1])
        for why, members in groupby(reasons, key=lambda pair: pair[1]):
            yield f"  left out: {', '.join(name for name, _ in members)}: {why}"
        for name, other in item["by_another"].items():
            yield f"  {name} is part of {other}"
        if item["open"]:
            yield f"  NEITHER IMPLEMENTED NOR EXPLAINED: {', '.join(item['open'])}"
        yield from (f"  WRONG: {fault}" for fault in item["faults"])
