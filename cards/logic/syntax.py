"""The grammar of conditions (docs/knowledge-format.md): text to syntax tree, nothing evaluated here.

condition  = or-part ; or-part = and-part {"or" and-part} ; and-part = not-part {"and" not-part}
not-part   = "not" not-part | comparison
comparison = sum [("==" | "!=" | "<" | "<=" | ">" | ">=") sum | "is" ["not"] word | ["not"] "in" "{" words "}"]
sum        = product {("+" | "-") product} ; product = atom {"*" atom}
atom       = number [unit | time] | name {"." name} | name "(" arguments ")" | "(" condition ")"
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal


class ConditionError(Exception):
    """A condition that cannot be parsed or does not make sense; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    months: int
    days: int


@dataclass(frozen=True, slots=True)
class Name:
    text: str


@dataclass(frozen=True, slots=True)
class Attribute:
    base: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Quantified:
    """``any(r in collection, condition)``; ``sum`` has a third part, the amount added up; some also name a time."""

    function: str
    variable: str
    collection: "Node"
    condition: "Node | None"
    amount: "Node | None"
    window: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Junction:
    operator: str  # "and" | "or"
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: str  # == != < <= > >= | is | is not | in | not in
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Choice:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: str
    left: "Node"
    right: "Node"


Node = Amount | TimeSpan | Name | Attribute | Call | Quantified | Not | Junction | Comparison | Choice | Arithmetic

_OF_RECORDS = frozenset(
    {"any", "every", "none", "count", "newest", "oldest", "sum", "ingredients", "in-every-record", "most-in"}
)
_OF_DAYS = frozenset({"covered-days", "days-on", "days-planned", "days-within"})
_OF_PREDNISONE = frozenset(
    {"prednisone-days", "peak-prednisone", "prednisone-at", "prednisone-from", "prednisone-until"}
)
QUANTIFIERS = _OF_RECORDS | _OF_DAYS | _OF_PREDNISONE
_TIMES = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}
_TIME = re.compile(r"\s*(day|week|month|year)s?\b")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)"
    r"|(?P<mark>==|!=|<=|>=|[<>+*(){},.]|-(?=\s)|-(?=\d)))"
)


def parse(text: str, units: Iterable[str]) -> Node:
    """The syntax tree of ``text``; ``units`` are the unit words a number may carry.

    Raises ``ConditionError``.
    """
    parser = _Parser(text, sorted(units, key=len, reverse=True))
    node = parser.disjunction()
    parser.finish()
    return node


class _Parser:
    def __init__(self, text: str, units: list[str]) -> None:
        self._text = " ".join(text.split())
        self._units = units
        self._at = 0

    def finish(self) -> None:
        if self._text[self._at :].strip():
            raise self._problem("unexpected")

    def disjunction(self) -> Node:
        return self._junction("or", self._conjunction)

    def _conjunction(self) -> Node:
        return self._junction("and", self._negation)

    def _junction(self, word: str, part: "Callable[[], Node]") -> Node:
        parts = [part()]
        while self._take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def _negation(self) -> Node:
        return Not(self._negation()) if self._take("not") else self._comparison()

    def _comparison(self) -> Node:
        left = self._sum()
        for mark in ("==", "!=", "<=", ">=", "<", ">"):
            if self._take(mark):
                return Comparison(mark, left, self._sum())
        if self._take("is"):
            operator = "is not" if self._take("not") else "is"
            return Comparison(operator, left, Choice((self._word(),)))
        if self._take("not"):
            self._expect("in")
            return Comparison("not in", left, self._choice())
        if self._take("in"):
            return Comparison("in", left, self._choice())
        return left

    def _choice(self) -> Choice:
        self._expect("{")
        words = [self._word()]
        while self._take(","):
            words.append(self._word())
        self._expect("}")
        return Choice(tuple(words))

    def _sum(self) -> Node:
        node = self._product()
        while True:
            if self._take("+"):
                node = Arithmetic("+", node, self._product())
            elif self._take("-"):
                node = Arithmetic("-", node, self._product())
            else:
                return node

    def _product(self) -> Node:
        node = self._atom()
        while self._take("*"):
            node = Arithmetic("*", node, self._atom())
        return node

    def _atom(self) -> Node:
        if self._take("("):
            node = self.disjunction()
            self._expect(")")
            return node
        number = self._number()
        if number is not None:
            return number
        name = self._word()
        if self._take("("):
            return self._call(name)
        node: Node = Name(name)
        while self._take("."):
            node = Attribute(node, self._word())
        return node

    def _call(self, function: str) -> Node:
        node = self._quantified(function) if function in QUANTIFIERS else self._plain_call(function)
        self._expect(")")
        while self._take("."):
            node = Attribute(node, self._word())
        return node

    def _plain_call(self, function: str) -> Node:
        arguments = [self.disjunction()]
        while self._take(","):
            arguments.append(self.disjunction())
        return Call(function, tuple(arguments))

    def _quantified(self, function: str) -> Node:
        variable = self._word()
        self._expect("in")
        collection = self._sum()
        condition = self.disjunction() if self._take(",") else None
        amount = self.disjunction() if self._take(",") else None
        window = self.disjunction() if self._take(",") else None
        return Quantified(function, variable, collection, condition, amount, window)

    def _number(self) -> Node | None:
        match = _TOKEN.match(self._text, self._at)
        if match is None or match["number"] is None:
            return None
        self._at = match.end()
        time = _TIME.match(self._text, self._at)
        if time is not None:
            self._at = time.end()
            months, days = _TIMES[time[1]]
            count = int(match["number"])
            return TimeSpan(months * count, days * count)
        return Amount(Decimal(match["number"]), self._unit())

    def _unit(self) -> str | None:
        start = self._at + (self._text[self._at : self._at + 1] == " ")
        for unit in self._units:
            end = start + len(unit)
            if self._text.startswith(unit, start) and not re.match(r"[A-Za-z0-9_/]", self._text[end : end + 1]):
                self._at = end
                return unit
        return None

    def _word(self) -> str:
        match = _TOKEN.match(self._text, self._at)
        word = match and (match["name"] or match["number"])
        if match is None or not word:
            raise self._problem("a name is expected")
        self._at = match.end()
        return word

    def _take(self, token: str) -> bool:
        match = _TOKEN.match(self._text, self._at)
        if match is None or (match["name"] or match["mark"]) != token:
            return False
        self._at = match.end()
        return True

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise self._problem(f"'{token}' is expected")

    def _problem(self, reason: str) -> ConditionError:
        return ConditionError(f"{reason} at '{self._text[self._at : self._at + 30].strip() or 'the end'}'")
