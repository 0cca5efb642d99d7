"""Printing verdicts for a person at a terminal: what fired first, then what could not be decided, then the rest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

Verdict = Mapping[str, Any]
_ORDER = ("fired", "unknown", "silent", "not in scope")
_STYLE = {"critical": "bold red", "warning": "yellow", "info": "cyan"}


def print_verdicts(verdicts: Sequence[Verdict], console: Console) -> None:
    if not verdicts:
        console.print("No statement is in scope: nothing in this request concerns the drugs this service knows.")
    for kind in _ORDER:
        members = [verdict for verdict in verdicts if verdict["verdict"] == kind]
        if members:
            console.print(Text(f"{kind.upper()} ({len(members)})", style="bold"))
            for verdict in members:
                _print_one(verdict, console)
            console.print()


def _print_one(verdict: Verdict, console: Console) -> None:
    severity, state = verdict.get("severity"), verdict.get("state")
    tags = ", ".join(tag for tag in (severity, state) if tag)
    line = Text("  ").append(verdict["id"], style=_STYLE.get(severity or "", ""))
    console.print(line.append(f"  [{tags}]" if tags and verdict["verdict"] == "fired" else ""), soft_wrap=True)
    if verdict["verdict"] != "not in scope":
        for text in _details(verdict):
            console.print(Text(f"      {text}", style="dim"), soft_wrap=True)


def _details(verdict: Verdict) -> Iterable[str]:
    yield from (f"why: {why}" for why in verdict.get("why") or ())
    for evidence in verdict.get("evidence") or ():
        yield f"evidence: {evidence.get('display', '')} ({evidence.get('reference', '')})"
    for missing in verdict.get("missing") or ():
        yield f"missing: {missing['name']} ({missing['why']})"
