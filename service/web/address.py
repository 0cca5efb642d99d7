"""The address at which this service was called: the base of audiences and of links."""

from starlette.requests import Request

from service.errors import BadRequestError
from service.settings import Settings, is_loopback


def called_address(request: Request, settings: Settings) -> str:
    """As configured, else as the caller wrote it into the Host header, without a trailing slash.

    Where tokens count, the caller may write only names of the loopback: with any other name a token that was made for
    that other service would be good here.
    """
    if settings.base_url is not None:
        return settings.base_url
    if settings.tenants and not is_loopback(request.base_url.hostname or ""):
        raise BadRequestError("called under a name of another machine; set BIOLOGIC_CDS_PUBLIC_URL if it is right")
    return str(request.base_url).rstrip("/")
