"""Everything about the drafts of one drug that comparing needs, worked out once."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property

from cards.chart.chart import Chart
from cards.chart.instructions import Instruction, read_instructions
from cards.chart.records import Medication, MedicationSource
from cards.dosing.doses import Course, DrugDoses
from cards.dosing.history import History, read_history
from cards.dosing.ordered import OrderedDose
from cards.dosing.patient import Body
from cards.dosing.policy import Policy
from cards.dosing.product import form_of, route_of
from cards.dosing.products import same_product
from cards.dosing.renewals import without_renewed
from cards.dosing.selection import Selection, select
from cards.dosing.stretches import HORIZON_DAYS, Stretch, placed
from cards.dosing.timeline import together


class Situation:
    """``doses`` is ``None`` for a drug without regimens; what is ordered of it can still be asked."""

    def __init__(self, chart: Chart, drug: str, doses: DrugDoses | None, policy: Policy) -> None:
        self.chart = chart
        self.drug = drug
        self.doses = doses
        self.policy = policy

    @cached_property
    def drafts(self) -> tuple[Medication, ...]:
        return tuple(item for item in self.chart.medications(self.drug).items if item.draft)

    @cached_property
    def active(self) -> tuple[Medication, ...]:
        """Active orders that have not run out."""
        today = self.chart.today
        found = (item for item in self.chart.medications(self.drug).items if item.active and not item.draft)
        return tuple(
            item
            for item in found
            if item.source is MedicationSource.REQUEST
            and (item.end is None or item.end.high is None or item.end.high >= today)
        )

    @cached_property
    def instructions(self) -> dict[str, tuple[Instruction, ...]]:
        """Of every draft and active order, by its place in the list."""
        terminology = self.chart.terminology
        return {self._key(order): read_instructions(order, terminology) for order in (*self.drafts, *self.active)}

    def _key(self, order: Medication) -> str:
        return f"{id(order)}"

    def instructions_of(self, order: Medication) -> tuple[Instruction, ...]:
        return self.instructions[self._key(order)]

    @cached_property
    def all_stretches(self) -> tuple[Stretch, ...]:
        return tuple(self._placed())

    def _placed(self) -> Iterator[Stretch]:
        for order in (*self.drafts, *self.active):
            yield from placed(order, self.instructions_of(order), self.chart.today)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Without the standing orders that a draft continues."""
        return without_renewed(self.all_stretches, self._same_product, together)

    def _same_product(self, one: Medication, other: Medication) -> bool:
        return same_product(one, other, self.drug, self.chart.terminology)

    @cached_property
    def ordered(self) -> tuple[OrderedDose, ...]:
        return tuple(dose for dose in together(self.stretches) if dose.drafted)

    @cached_property
    def dose_days(self) -> tuple[int, ...]:
        """Every day on which a dose is ordered or was given, as ordinals."""
        first = self.first_day
        ordered = {int(time) for item in self.stretches for time in item.times(first, first + HORIZON_DAYS)}
        given = {e.date.low.toordinal() for e in self.history.given if e.date.exact and e.date.low is not None}
        return tuple(sorted(ordered | given))

    @cached_property
    def first_day(self) -> Decimal:
        """The day of the first drafted dose, as an ordinal; today where nothing is drafted."""
        starts = [item.start for item in self.stretches if item.order.draft]
        return min(starts, default=Decimal(self.chart.today.toordinal()))

    @cached_property
    def body(self) -> Body:
        authored = [item.authored.low for item in self.drafts if item.authored is not None and item.authored.low]
        return Body(self.chart, max(authored, default=self.chart.today))

    @cached_property
    def history(self) -> History:
        return read_history(self.chart, self.drug, self.policy.history_days)

    @cached_property
    def selection(self) -> Selection | None:
        if self.doses is None:
            return None
        return select(self.doses, self.drafts, self.chart, self.body)

    @cached_property
    def routes(self) -> frozenset[str]:
        """As the instructions say, else as the product tells; empty: unknown."""
        stated = {
            item.instruction.route.value for item in self.stretches if item.order.draft and item.instruction.route
        }
        if stated or self.doses is None:
            return frozenset(stated)
        told = {route_of(draft, self.doses.file, self.chart.terminology) for draft in self.drafts} - {None}
        return frozenset(name for name in told if name) if len(told) == 1 else frozenset()

    @cached_property
    def form(self) -> str | None:
        if self.doses is None:
            return None
        amounts = [item.instruction.amount.flat for item in self.stretches if item.order.draft]
        exact = [amount.low for amount in amounts if amount is not None and amount.exact and amount.low is not None]
        told = {form_of(draft, self.doses, exact) for draft in self.drafts}
        return told.pop() if len(told) == 1 else None

    def week_of(self, start: Decimal) -> Decimal | None:
        """In which week of treatment a dose falls."""
        if self.history.treated is False:
            return (start - self.first_day) / 7
        return self.history.weeks_on(date.fromordinal(min(max(int(start), 1), date.max.toordinal())))

    def is_past_loading(self, course: Course) -> bool | None:
        """Whether the loading doses are over: all of them given, or their time has passed."""
        last, history = course.last_loading_day, self.history
        if last is None:
            return True if not any(a.until_day for a in course.others) else self._treated_long(course)
        if history.treated is None:
            return None
        if not history.treated:
            return False
        if len(history.days) >= len(course.loading):
            return True
        if history.first is None:
            return None
        days = Decimal(self.chart.today.toordinal() - history.first.toordinal())
        return days > last + self.policy.loading_grace_days

    def _treated_long(self, course: Course) -> bool | None:
        """Of a titration or induction without loading: whether its last day has passed."""
        if not self.history.treated:
            return self.history.treated
        until = max((a.until_day for a in course.others if a.until_day is not None), default=Decimal(0))
        if self.history.first is None:
            return None
        return Decimal(self.chart.today.toordinal() - self.history.first.toordinal()) > until
