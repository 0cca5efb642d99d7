"""How near a weight is to the edge of its band, and whether a dose is that of the band beyond."""

from decimal import Decimal

from cards.dosing.choices import best_choice
from cards.dosing.doses import RecordDoses
from cards.dosing.ordered import OrderedDose
from cards.dosing.patient import edges
from cards.dosing.readings import Reading
from cards.dosing.situation import Situation


def matches_neighbour(dose: OrderedDose, reading: Reading, situation: Situation) -> bool:
    """Whether the dose is right in a weight band whose edge is near the patient's weight."""
    selection, kilograms = situation.selection, situation.body.kilograms
    if selection is None or kilograms is None or reading.record is None:
        return False
    condition = reading.record.record.indication.conditions[0]
    for record in selection.of_age:
        same = record.record.indication.conditions[0] == condition and record is not reading.record
        if same and is_near(record, kilograms, situation):
            choice = best_choice(dose, record, Reading(record, reading.route, reading.form), situation)
            if choice is not None and choice.passes(situation):
                return True
    return False


def is_near(record: RecordDoses, kilograms: Decimal, situation: Situation) -> bool:
    distance = edge_distance(record, kilograms)
    return distance is not None and distance <= situation.policy.band_margin


def edge_distance(record: RecordDoses, kilograms: Decimal) -> Decimal | None:
    """To the nearest weight at which the record ends, in percent of that weight."""
    found = [abs(kilograms - edge) / edge * 100 for edge in edges(record.record.population) if edge]
    return min(found, default=None)
