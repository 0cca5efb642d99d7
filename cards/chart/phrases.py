"""Dosage instructions written as text, cut into the doses they name one after the other.

``首剂600mg，之后300mg每2周1次`` and ``5 mg/kg at weeks 0, 2 and 6, then every 8 weeks`` are two phrases each.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from cards.chart.dosage import NO_AMOUNT, Amount, amount_in_words
from cards.chart.frequency import rate_in_words
from cards.chart.intervals import Interval
from cards.chart.phrase_words import (
    AGAIN,
    APART,
    COUNT,
    COUNTED,
    CUT,
    DAYS,
    DIVIDED,
    FIRST,
    FOLLOWS,
    LASTING,
    LATER,
    LONGEST,
    MULTIPLE,
    NAMED,
    NUMERALS,
    ONCE,
    PIECES_EACH,
    REMARK,
    UNTIL,
)
from cards.chart.strengths import Strength


@dataclass(slots=True)
class Phrase:
    """One dose of a text: ``offsets`` are days after the first dose, ``later`` days after the phrase before."""

    amount: Amount = NO_AMOUNT
    rate: Decimal | None = None  # times per day
    offsets: tuple[int, ...] = ()
    later: int | None = None
    follows: bool = False
    first: bool = False
    count: int | None = None
    lasting: int | None = None  # days
    until: int | None = None  # days after the first dose
    text: str = ""

    @property
    def once(self) -> bool:
        return self.count == 1


def phrases(text: str, strength: Strength) -> list[Phrase]:
    """The doses that a text names; without any amount the whole text is one phrase."""
    found: list[Phrase] = []
    waiting: list[str] = []  # what stands before the first amount
    for piece, follows in _pieces(_marked(_plain(text))):
        phrase = _read(piece, strength, follows=follows)
        if phrase.amount != NO_AMOUNT:
            lead = _read(" ".join(waiting), strength, follows=False) if waiting else Phrase()
            found.append(_joined(lead, phrase))
            waiting = []
        elif found and not _goes_further(found[-1], phrase):
            found[-1] = _joined(found[-1], phrase)
        elif found:
            phrase.amount, phrase.follows = found[-1].amount, True
            found.append(phrase)
        else:
            waiting.append(piece)
    return [_again(phrase) for phrase in found] or [_read(" ".join(waiting), strength, follows=False)]


def _again(phrase: Phrase) -> Phrase:
    """``1000 mg, repeat after 2 weeks`` is due on both days."""
    later = phrase.later
    if later is None or phrase.rate is not None or phrase.offsets or not AGAIN.search(phrase.text):
        return phrase
    return replace(phrase, offsets=(0, later), later=None, follows=False, count=None)


def _goes_further(before: Phrase, phrase: Phrase) -> bool:
    """``then every 8 weeks`` after ``at weeks 0, 2, 6`` is a dose of its own; after a mere amount it belongs to it."""
    if phrase.rate is None and not phrase.offsets:
        return False
    return phrase.follows or (phrase.rate is not None and (before.rate is not None or bool(before.offsets)))


def _joined(first: Phrase, second: Phrase) -> Phrase:
    """What two pieces say of one dose."""
    return Phrase(
        amount=second.amount if second.amount != NO_AMOUNT else first.amount,
        rate=first.rate if first.rate is not None else second.rate,
        offsets=first.offsets or second.offsets,
        later=first.later if first.later is not None else second.later,
        follows=first.follows or second.follows,
        first=first.first or second.first,
        count=first.count if first.count is not None else second.count,
        lasting=first.lasting if first.lasting is not None else second.lasting,
        until=first.until if first.until is not None else second.until,
        text=f"{first.text} {second.text}".strip(),
    )


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    folded = MULTIPLE.sub(lambda m: f"{int(m[1]) * Decimal(m[2])} {m[3]}", folded)
    folded = DIVIDED.sub(_each_of_day, folded)
    folded = PIECES_EACH.sub(lambda m: f"{Decimal(m[1]) * int(m[3])} {m[2]}", folded)
    return REMARK.sub(r"\1", folded)  # (two injections of 80 mg) is no second dose


def _each_of_day(found: re.Match[str]) -> str:
    """``每日10mg，分2次`` is 5 mg twice daily."""
    amount, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    written = found[5] or found[6]
    number = NUMERALS.get(written) or int(written)
    return f"{Decimal(amount) / number:.4f} {unit} 每日{number}次"


def _marked(text: str) -> str:
    """``weeks 0, 2 and 6`` as ``⟦0 14 42⟧``: its commas must not cut the text, nor its weeks be an interval."""
    from_zero = bool(re.search(r"\bdays?\s*0\b|第\s*0\s*[天日]", text))

    def offsets(found: re.Match[str]) -> str:
        unit, numbers = (found[2], found[1]) if found[1][0].isdigit() else (found[1], found[2])
        each = DAYS[unit[0]]
        shift = 1 if each == 1 and not from_zero else 0
        days = [max(int(number) - shift, 0) * each for number in re.findall(r"\d+", numbers)]
        return f" ⟦{' '.join(map(str, days))}⟧ "

    def later(found: re.Match[str]) -> str:
        number, unit = found[1] or found[3], found[2] or found[4]
        return f" ⟪{(NUMERALS.get(number) or int(number)) * DAYS[unit[0]]}⟫ "

    def until(found: re.Match[str]) -> str:
        number, unit = found[2] or found[3], found[1] or found[4]
        return f" ⟬{int(number) * DAYS[unit[0]]}⟭ "

    text = LATER.sub(later, UNTIL.sub(until, text))
    for pattern in NAMED:
        text = pattern.sub(offsets, text)
    return text


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    follows = False
    for part in CUT.split(text):
        if CUT.fullmatch(part):
            follows = follows or bool(FOLLOWS.fullmatch(part))
        elif part.strip():
            yield part, follows
            follows = False


def _read(piece: str, strength: Strength, *, follows: bool) -> Phrase:
    days = [int(day) for found in re.findall(r"⟦([\d ]+)⟧", piece) for day in found.split()]
    later, until = re.search(r"⟪(\d+)⟫", piece), re.search(r"⟬(\d+)⟭", piece)
    rest = re.sub(r"[⟦⟪⟬][\d ]+[⟧⟫⟭]", " ", piece)
    amount = amount_in_words(rest)
    if amount == NO_AMOUNT:
        amount = _counted(rest, strength)
    first = bool(FIRST.search(rest))
    return Phrase(
        amount=amount,
        rate=rate_in_words(rest) or _apart(rest),
        offsets=tuple(dict.fromkeys(days)),
        later=int(later[1]) if later else None,
        follows=follows or later is not None,
        first=first,
        count=_count(rest),
        lasting=_lasting(rest),
        until=int(until[1]) if until else None,
        text=piece.strip(),
    )


def _counted(text: str, strength: Strength) -> Amount:
    """``2 tablets`` or ``1支`` of a known strength; a number of times is no number of pieces."""
    found: set[Decimal] = set()
    for match in COUNTED.finditer(text):
        each = strength.mg_per(match[2])
        if each is not None:
            found.add(Decimal(NUMERALS.get(match[1]) or match[1]) * each)
    if len(found) != 1:
        return NO_AMOUNT
    total = found.pop()
    return Amount(flat=Interval(total, total))


def _count(text: str) -> int | None:
    match = COUNT.search(text)
    if match is not None:
        return int(next(group for group in match.groups() if group)) or None
    return 1 if ONCE.search(text) else None


def _apart(text: str) -> Decimal | None:
    match = APART.search(text)
    if match is None:
        return None
    days = int(match[1] or match[3]) * DAYS[(match[2] or match[4])[0]]
    return Decimal(1) / days if days else None


def _lasting(text: str) -> int | None:
    match = LASTING.search(text)
    return int(match[1]) * DAYS[match[2][0]] if match else None
