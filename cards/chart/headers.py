"""As much of a resource as decides whether anyone will want to read it."""

from msgspec import MsgspecError, Raw, Struct, field
from msgspec.json import Decoder

NULL = Raw(b"null")


# The structs hold no cycles, so the garbage collector need not look at thousands of them.
class Part(Struct, gc=False):
    code: Raw = NULL


class Link(Struct, gc=False):
    reference: str | None = None


class Header(Struct, gc=False):
    resource_type: str | None = field(default=None, name="resourceType")
    id: str | None = None
    code: Raw = NULL
    subject: Raw = NULL  # mostly spelled like the one before, so it need not be read again
    patient: Raw = NULL
    component: list[Part] | None = None


read_header = Decoder(Header).decode
read_link = Decoder(Link | None).decode
NOT_SO = (MsgspecError, RecursionError, ValueError, TypeError)  # of another shape, or decoded already
bytes_of = b"".join  # of one raw value in a tuple: faster than bytes()
