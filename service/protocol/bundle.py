"""The answer to a search, decoded as far as its entries; the resources in it stay raw JSON."""

from typing import Final

from msgspec import DecodeError, Raw, Struct

UNREADABLE: Final = (DecodeError, UnicodeDecodeError)  # what raw JSON may hold shows only when it is decoded
ABSENT: Final = Raw()  # of a raw member that was not sent; msgspec knows no "raw or nothing"


class Search(Struct, gc=False):
    mode: str | None = None


class Entry(Struct, gc=False):
    resource: Raw = ABSENT
    search: Search | None = None


class Link(Struct):
    relation: str | None = None
    url: str | None = None


class Bundle(Struct, rename="camel"):
    """``resource_type`` is whatever was sent: a single resource, too, has this shape."""

    resource_type: str = ""
    entry: list[Entry] | None = None
    link: list[Link] | None = None
    total: int | None = None
