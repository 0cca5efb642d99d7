"""Bringing together what a call's statements need: the prefetch first, then the client's FHIR server."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import quote

from msgspec import UNSET, Raw
from msgspec.structs import astuple

from service.errors import DataUnavailableError
from service.gather import medications
from service.gather.prefetch import NEVER_CAME, NONE_THERE, Part, State, answered, interpret
from service.gather.reader import Reader
from service.gather.templates import TEMPLATES, resolve, resource_type
from service.protocol.bundle import Bundle
from service.protocol.request import Answered, UsualPrefetch

Job = Coroutine[Any, Any, Part]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The resources that came, and the types of which at least a part did not."""

    resources: tuple[Raw, ...]
    absent: frozenset[str]
    fetched: tuple[str, ...] = ()


NOTHING = Gathered((), frozenset())


_SEARCHES = {key: (resource_type(key), "?" in template) for key, template in TEMPLATES.items()}


def read_prefetch(prefetch: UsualPrefetch | Mapping[str, Raw] | None) -> dict[str, Part]:
    """Every key this service asked for; keys it did not ask for are left alone."""
    if isinstance(prefetch, UsualPrefetch):
        return {key: _part(key, sent) for key, sent in zip(TEMPLATES, astuple(prefetch), strict=True)}
    given = prefetch or {}
    return {key: _part(key, given.get(key, UNSET)) for key in TEMPLATES}


def _part(key: str, sent: Raw | Answered) -> Part:
    if sent is None:
        return NONE_THERE
    if isinstance(sent, Bundle):
        return answered(sent)
    if sent is UNSET or not len(sent):
        return NEVER_CAME
    expected, is_search = _SEARCHES[key]
    return interpret(sent, expected, is_search=is_search)


async def complete(parts: dict[str, Part], reader: Reader | None, patient_id: str) -> Gathered:
    """``parts`` with what was missing fetched, in parallel and within the time budget.

    Raises a 412 if nothing at all is known: then there is nothing to assess.
    """
    fetched: tuple[str, ...] = ()
    if reader is not None:
        jobs = dict(_jobs(parts, reader, patient_id))
        parts = parts | await _together(jobs)
        fetched = tuple(jobs)
    if all(part.state is State.ABSENT for part in parts.values()):
        raise DataUnavailableError(_why(reader))
    resources = tuple(chain.from_iterable([part.resources for part in parts.values()]))
    incomplete = (key for key, part in parts.items() if part.state is not State.COMPLETE)
    return Gathered(resources, frozenset(resource_type(key) for key in incomplete), fetched)


async def read_medications(orders: Iterable[Raw], known: Iterable[Raw], reader: Reader | None) -> tuple[Raw, ...]:
    """Medications that ``orders`` point at and nobody sent."""
    if reader is None:
        return ()
    jobs = {
        reference: reader.fetch(f"Medication/{quote(reference.partition('/')[2], safe='')}", "Medication")
        for reference in medications.unresolved(orders, known)
    }
    read = await _together(jobs)
    return tuple(resource for part in read.values() for resource in part.resources)


def _jobs(parts: Mapping[str, Part], reader: Reader, patient_id: str) -> Iterable[tuple[str, Job]]:
    for key, part in parts.items():
        if part.state is State.ABSENT:
            yield key, reader.fetch(resolve(key, patient_id), resource_type(key))
        elif part.next_page is not None:
            yield key, reader.follow(part, resource_type(key))


async def _together(jobs: Mapping[str, Job]) -> dict[str, Part]:
    """All at once. A fetch that failed is left out, so that an absent key stays absent and a first page stays one."""
    async with asyncio.TaskGroup() as group:
        tasks = {key: group.create_task(job) for key, job in jobs.items()}
    return {key: part for key, task in tasks.items() if (part := task.result()).state is not State.FAILED}


def _why(reader: Reader | None) -> str:
    asked = ", ".join(TEMPLATES)
    where = "no usable fhirServer was given" if reader is None else "the fhirServer gave none of them"
    return f"none of the prefetch keys ({asked}) was sent, and {where}"
