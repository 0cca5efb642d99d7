"""The request extension ``org.biologic-cds.request``: only demos and tests may choose the day and the region."""

from datetime import date
from typing import get_args

import msgspec
from msgspec import Raw, Struct

from service.errors import BadRequestError
from service.protocol.request import decode_json
from service.settings import Region


class Overrides(Struct):
    today: date | None = None
    region: Region | None = None


class _Extension(Struct):
    overrides: Overrides | None = msgspec.field(name="org.biologic-cds.request", default=None)


_extension = msgspec.json.Decoder(_Extension)
_NAME = b"org.biologic-cds.request"
NONE = Overrides()


def overrides(extension: Raw) -> Overrides:
    """What the request asks for; other extensions are none of our business and are not even parsed."""
    if _NAME not in bytes(extension):
        return NONE
    try:
        return decode_json(extension, _extension, "extension").overrides or NONE
    except BadRequestError as error:
        regions = ", ".join(get_args(Region))
        raise BadRequestError(f"{error.text} (today: YYYY-MM-DD; region: {regions})", error.expression) from None
