"""Where the store is: a file of this instance, or a PostgreSQL that several instances share."""

from pathlib import Path

from sqlalchemy import URL, make_url

from service.settings import Settings

FILE = "biologic-cds.sqlite3"
_DRIVER = "postgresql+asyncpg"


def store_address(settings: Settings) -> URL:
    if settings.database_url is None:
        return embedded(settings.data_dir)
    url = make_url(settings.database_url.get_secret_value()).set(drivername=_DRIVER)
    if url.password is None and settings.database_password is not None:
        url = url.set(password=settings.database_password.get_secret_value())
    return _with_ssl(url)


def embedded(data_dir: Path) -> URL:
    """The file in ``data_dir``."""
    return URL.create("sqlite+aiosqlite", database=str(data_dir / FILE))


def _with_ssl(url: URL) -> URL:
    """``sslmode``, as every other PostgreSQL client calls it, under the name this driver has for it."""
    mode = url.query.get("sslmode")
    return url if mode is None else url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
