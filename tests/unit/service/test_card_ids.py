"""The identifiers of cards and suggestions."""

from uuid import RFC_4122, UUID

from service.call import new_id


def test_an_identifier_is_a_random_uuid() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == len(made)
    for text in made:
        known = UUID(text)
        assert (str(known), known.version, known.variant) == (text, 4, RFC_4122)
