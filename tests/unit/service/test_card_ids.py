"""The identifiers of cards and suggestions."""

from itertools import islice
from uuid import RFC_4122, UUID

from service.call import new_ids


def test_an_identifier_is_a_random_uuid() -> None:
    made = list(islice(new_ids(), 1000)) + list(islice(new_ids(), 1000))
    assert len(set(made)) == len(made) == 2000
    for text in made:
        known = UUID(text)
        assert (str(known), known.version, known.variant) == (text, 4, RFC_4122)
