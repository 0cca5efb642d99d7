"""What the dose arithmetic concludes of a draft, as a record that can be evidence."""

from cards.chart.records import Record


class Judged(Record, frozen=True, kw_only=True, eq=False):
    """Two are the same if they say the same of the same resource: what they were worked out from is not compared."""

    rests_on: tuple[Record, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Judged) or type(other) is not type(self):
            return NotImplemented
        return (self.reference, self.label, self.matched_by) == (other.reference, other.label, other.matched_by)

    __hash__ = Record.__hash__
