"""What all commands share: reading settings, printing, and ending with a sentence instead of a traceback."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NoReturn

import msgspec
import typer
from pydantic import ValidationError

from cards.errors import KnowledgeError
from service.errors import ServiceError, StoreUnavailableError
from service.protocol.request import compact
from service.settings import Settings
from service.trust.tenants_file import TenantsError


def read_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, item['loc'])) or 'settings'}: {item['msg']}" for item in error.errors())
        fail("\n".join(problems))


@contextmanager
def explained() -> Generator[None]:
    """Errors a user can mend end with a sentence instead of a traceback."""
    try:
        yield
    except StoreUnavailableError as error:
        fail(error.text)
    except ServiceError as error:
        fail(f"not a readable request: {error.text}")
    except KnowledgeError as error:
        fail(f"faulty knowledge: {error}")
    except TenantsError as error:
        fail(f"faulty tenants: {error}")


def fail(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)


def print_json(value: Any, indent: int = 0) -> None:
    content = compact(value)
    sys.stdout.write((msgspec.json.format(content, indent=indent) if indent else content).decode() + "\n")
