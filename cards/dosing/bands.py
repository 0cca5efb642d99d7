"""The bounds of a population, as numbers without end where it has none."""

from decimal import Decimal

from cards.dosing.model import Population

_ENDLESS = Decimal("Infinity")


def age_months(population: Population) -> tuple[Decimal, Decimal]:
    """From, and below, in months."""
    low = population.age_min_mo or (population.age_min_y or Decimal(0)) * 12
    return low, population.age_max_y_excl * 12 if population.age_max_y_excl else _ENDLESS


def weight_edges(population: Population) -> tuple[Decimal, Decimal]:
    low = population.weight_min_kg or population.weight_min_kg_excl or Decimal(0)
    return low, population.weight_max_kg_excl or population.weight_max_kg_incl or _ENDLESS
