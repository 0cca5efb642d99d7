"""Whether this process can answer calls."""

from importlib.metadata import version

from fastapi import APIRouter, Response

from service.protocol.request import compact

router = APIRouter()
_ALIVE = compact({"status": "ok", "version": version("biologic-cds")})


@router.get("/health", response_class=Response)
async def health() -> Response:
    """Answers as soon as the knowledge is loaded and the store is open: before that, nothing listens."""
    return Response(_ALIVE, media_type="application/json")
