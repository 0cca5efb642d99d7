"""A chart with nothing on file, and a scene around it, which note what an evaluation looks for."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from cards.chart import reproduction
from cards.chart.on_file import KeyNumbers, Kind, asked_for
from cards.chart.records import Records
from cards.logic.builtins import COLLECTIONS, VALUES
from cards.logic.plain import Bindings, strip
from cards.logic.values import Value
from cards.terminology import Terminology

NOTHING: Records[Any] = Records(())


class NeedsChartError(Exception):
    """The evaluation asks for more than what is on file: the patient, the day, the drug, the hook."""


class NothingOnFile:
    """Stands for the keys of what is on file: there are none, and which ones were asked about is kept, as bits."""

    def __init__(self) -> None:
        self.looked_for = 0

    def __rand__(self, keys: int) -> int:
        self.looked_for |= keys
        return 0


class NoBindings(dict[str, Any]):
    """Outside of its quantifier the condition on an element is about nothing."""

    def __missing__(self, name: str) -> Any:
        raise NeedsChartError(name)


class BlankChart:
    """Answers every question for records with nothing. Who the patient is and which day it is, it cannot say."""

    def __init__(self, terminology: Terminology, on_file: NothingOnFile, numbers: KeyNumbers) -> None:
        self.terminology = terminology
        self._on_file = on_file
        self._numbers = numbers

    def __getattr__(self, name: str) -> Any:
        raise NeedsChartError(name)

    def results(self, concept: str) -> Records[Any]:
        merged = reproduction.RESULTS.get(concept)
        return merged(self) if merged else self.observed(concept)

    def observed(self, concept: str) -> Records[Any]:
        return self._nothing("results", (concept,))

    def problems(self, concept: str) -> Records[Any]:
        merged = reproduction.PROBLEMS.get(concept)
        return merged(self) if merged else self.diagnosed(concept)

    def diagnosed(self, concept: str) -> Records[Any]:
        return self._nothing("problems", (concept,))

    def medications(self, concept: str) -> Records[Any]:
        return self._nothing("medications", self.terminology.group(concept))

    def acts(self, concept: str) -> Records[Any]:
        act = self.terminology.sets.acts.get(concept)
        return self._nothing("acts", (concept,), act.recorded_as if act else ("ServiceRequest",))

    def test_orders(self, concept: str) -> Records[Any]:
        return self._nothing("test orders", (concept,))

    def reactions(self, _concept: str) -> Records[Any]:
        return self._nothing("reactions")

    def vaccinations(self) -> Records[Any]:
        return self._nothing("vaccinations")

    def vaccine_orders(self) -> Records[Any]:
        return self._nothing("vaccine orders")

    def forecasts(self) -> Records[Any]:
        return self._nothing("forecasts")

    def _nothing(self, kind: Kind, concepts: Iterable[str] = ("",), recorded_in: Iterable[str] = ()) -> Records[Any]:
        self._on_file.looked_for |= self._numbers.bits(asked_for(kind, concepts, recorded_in))
        return NOTHING


class Concluded(Protocol):
    """A fact that has been compiled."""

    @property
    def evaluate(self) -> Any: ...
    @property
    def plain(self) -> Any: ...


class BlankScene:
    """A scene around a blank chart, with the facts compiled so far."""

    def __init__(self, terminology: Terminology, facts: Mapping[str, Concluded], numbers: KeyNumbers) -> None:
        self.on_file = NothingOnFile()
        self.chart = BlankChart(terminology, self.on_file, numbers)
        self.lack = 0
        self.plain_values: dict[str, Any] = {}
        self.facts: dict[str, Value] = {}
        self.built_ins: dict[str, Value] = {}
        self._facts = facts

    def __getattr__(self, name: str) -> Any:
        raise NeedsChartError(name)

    def fact(self, name: str) -> Value:
        return self._facts[name].evaluate(self, NO_BINDINGS)

    def plain_fact(self, name: str) -> Any:
        return self._facts[name].plain(self, NO_BINDINGS)

    def built_in(self, name: str) -> Value:
        return VALUES[name][1](self)  # type: ignore[arg-type]

    def plain_built_in(self, name: str) -> Any:
        return strip(self, self.built_in(name))

    def collection(self, name: str) -> Records[Any]:
        return COLLECTIONS[name][1](self)  # type: ignore[arg-type]


NO_BINDINGS: Bindings = NoBindings()
