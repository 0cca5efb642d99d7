"""The door to the dose arithmetic: one view of each drafted drug of a call, everything worked out at most once."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from cards.chart.chart import Chart
from cards.dosing import wording
from cards.dosing.amounts import in_mg
from cards.dosing.comparisons import Comparison, comparisons
from cards.dosing.doses import Basis, DrugDoses
from cards.dosing.limits import LimitUse, limit_uses
from cards.dosing.ordered import OrderedDose
from cards.dosing.policy import Policy
from cards.dosing.product import is_starter_pack
from cards.dosing.proposal import DosePlan, infusion_time_for, plan_for
from cards.dosing.readings import fits_route
from cards.dosing.regimen_views import RegimenView, needs, regimen_views
from cards.dosing.situation import Situation
from cards.dosing.starts import first_day_mg, has_starter_pack
from cards.words import Words

ONE = Decimal(1)
INFUSION_TIME = "infusion-time"


class DosingView:
    """Drafts of one drug against its regimens."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        return comparisons(self.situation)

    @cached_property
    def limits(self) -> tuple[LimitUse, ...]:
        return limit_uses(self.situation, self.comparisons)

    @cached_property
    def regimens(self) -> tuple[RegimenView, ...]:
        return regimen_views(self.situation, self.comparisons)

    def needs(self, basis: Basis) -> bool:
        return needs(basis, self.situation, self.comparisons)

    @cached_property
    def route_is_outside(self) -> bool | None:
        """Whether no record that fits knows the route of the order; ``None`` while the route is unknown."""
        selection = self.situation.selection
        records = [item for item in selection.fitting if item.has_doses] if selection else []
        if not records:
            return False
        if not self.situation.routes:
            return None
        return not any(fits_route(item, self.situation.routes) for item in records)

    @cached_property
    def largest_single_mg(self) -> Decimal | None:
        """The largest dose of one time; unknown where one of them is."""
        found = [in_mg(dose.amount, self.situation.body) for dose in self.situation.ordered]
        highs = [mg.high for mg in found if mg is not None and mg.high is not None]
        return max(highs) if highs and len(highs) == len(found) else None

    @cached_property
    def spelled_out(self) -> tuple[OrderedDose, ...]:
        """The doses whose amount and times the order has to say; a starter pack holds its own."""
        file = self.situation.doses.file if self.situation.doses else None
        if file is None:
            return self.situation.ordered
        return tuple(dose for dose in self.situation.ordered if not is_starter_pack(dose.order, file))

    @cached_property
    def starter_pack(self) -> bool:
        return has_starter_pack(self.situation)

    @cached_property
    def first_day_mg(self) -> Decimal | None:
        return first_day_mg(self.situation)

    def plan(self, what: str) -> DosePlan | None:
        """What the draft should say: the whole regimen, or only the time of its infusion."""
        return self._infusion_time if what == INFUSION_TIME else self._recommended

    @cached_property
    def _recommended(self) -> DosePlan | None:
        return plan_for(self.situation, self.comparisons)

    @cached_property
    def _infusion_time(self) -> DosePlan | None:
        return infusion_time_for(self.situation, self.comparisons)

    # The words of placeholders

    def words(self, name: str) -> Words | None:
        return {
            "ordered": self._ordered,
            "expected": self._expected,
            "limit": self._limit,
            "grade": self._grade,
            "indication": self._indication,
            "remark": self._remark,
            "minutes": self._minutes,
            "faster": self._faster,
        }[name]()

    def _ordered(self) -> Words:
        return wording.ordered(self.situation.ordered, self.situation.body)

    def _expected(self) -> Words:
        situation = self.situation
        found = [
            wording.expected(
                item.doses,
                situation.body,
                situation.routes,
                loading=situation.is_past_loading(item.doses.own) is not True,
            )
            for item in self.regimens
            if item.doses.has_doses
        ]
        return wording.joined(found or self._limits_broken())

    def _limits_broken(self) -> list[Words]:
        body = self.situation.body
        broken = (use for use in self.limits if use.share is not None and (use.share.high or 0) > ONE)
        return [wording.limit(use, body) for use in broken]

    def _limit(self) -> Words:
        return wording.joined(self._limits_broken())

    def _grade(self) -> Words:
        return wording.joined(words for item in self.regimens if (words := wording.grade(item.doses)))

    def _indication(self) -> Words:
        return wording.joined(item.doses.record.indication.names for item in self.regimens)

    def _remark(self) -> Words:
        return wording.joined(words for item in self.comparisons if (words := wording.remark(item)))

    def _faster(self) -> Words:
        return wording.joined(item.faster for item in self.comparisons if item.faster)

    def _minutes(self) -> Words:
        found = [item.least_minutes.high for item in self.comparisons if item.least_minutes and item.least_minutes.high]
        text = wording.plain(max(found)) if found else ""
        return Words(en=text, zh=text)


PLACEHOLDERS = frozenset({"ordered", "expected", "limit", "grade", "indication", "remark", "minutes", "faster"})


class Dosing:
    """The views of one call, by drug."""

    def __init__(self, chart: Chart, regimens: Mapping[str, DrugDoses], policy: Policy | None) -> None:
        self._chart = chart
        self._regimens = regimens
        self._policy = policy
        self._views: dict[str, DosingView] = {}

    def of(self, drug: str) -> DosingView | None:
        """``None`` where no knowledge says how doses are compared."""
        if self._policy is None:
            return None
        found = self._views.get(drug)
        if found is None:
            situation = Situation(self._chart, drug, self._regimens.get(drug), self._policy)
            found = self._views[drug] = DosingView(situation)
        return found
