"""The command line: serve, explain one request, look at the knowledge, read the feedback."""

import asyncio
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from cards.errors import KnowledgeError
from service.assessment import KnowledgeAdvisor, load_advisor
from service.errors import ServiceError
from service.explain import Options, explain_file
from service.protocol.request import compact
from service.settings import Language, Settings
from service.verdicts import print_verdicts

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="CDS Hooks decision support for biologic and targeted drugs in autoimmune disease.\n\n"
    "Settings are environment variables that begin with BIOLOGIC_CDS_, for example BIOLOGIC_CDS_REGION=us.",
)
knowledge_app = typer.Typer(no_args_is_help=True, help="Check, list and show the statements that cards rest on.")
app.add_typer(knowledge_app, name="knowledge")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on [BIOLOGIC_CDS_HOST].")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on [BIOLOGIC_CDS_PORT].")] = None,
    workers: Annotated[int | None, typer.Option(help="Number of processes [BIOLOGIC_CDS_WORKERS].")] = None,
) -> None:
    """Serve the CDS Hooks endpoints until interrupted."""
    from service.serve import run

    # Worker processes read their settings from the environment too.
    for name, value in (("HOST", host), ("PORT", port), ("WORKERS", workers)):
        if value is not None:
            os.environ[f"BIOLOGIC_CDS_{name}"] = str(value)
    settings = _settings()
    with _explained():
        run(settings)


@app.command()
def check(
    request: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CDS Hooks request as JSON.")],
    as_json: AsJson = False,
    hook: Annotated[str | None, typer.Option(help="Judge the request as if it were of this hook.")] = None,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the assessment.")] = None,
    language: Annotated[Language | None, typer.Option(help="Language of the explanation.")] = None,
) -> None:
    """Say for every statement in scope whether it fired, stayed silent or could not be decided, and why.

    Only the data in the file are used: no FHIR server is asked. A file that is not a readable request ends with code 2.
    """
    day: date | None = today.date() if today else None
    settings = _settings()
    with _explained():
        verdicts = explain_file(request, Options(hook, day, language), settings, load_advisor(settings))
    if as_json:
        _print_json(verdicts)
    else:
        print_verdicts(verdicts, Console(highlight=False))


@knowledge_app.command("check")
def knowledge_check() -> None:
    """Load and check all knowledge files, the site's own included."""
    typer.echo(f"{len(_load().index())} statements are sound.")


@knowledge_app.command("list")
def knowledge_list(as_json: AsJson = False) -> None:
    """List all statements."""
    statements = _load().index()
    if as_json:
        _print_json(statements)
        return
    for statement in statements:
        typer.echo(f"{statement['severity']:<9}{statement['id']}")


@knowledge_app.command("show")
def knowledge_show(statement_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the statement.")]) -> None:
    """Show one statement in full, as JSON."""
    statement = _load().explain(statement_id)
    if statement is None:
        _fail(f"no statement has the id {statement_id}; see `biologic-cds knowledge list`")
    _print_json(statement, indent=2)


@app.command()
def feedback() -> None:
    """Print all feedback as JSON lines, each with the statements of its card where that card is known."""
    rows = asyncio.run(_feedback(_settings()))
    for row in rows:
        _print_json(row)


async def _feedback(settings: Settings) -> list[dict[str, Any]]:
    from service.store.engine import migrate, open_engine
    from service.store.reports import feedback_on_cards

    migrate(settings.data_dir)
    engine = open_engine(settings.data_dir)
    try:
        return await feedback_on_cards(engine)
    finally:
        await engine.dispose()


def _load() -> KnowledgeAdvisor:
    settings = _settings()
    with _explained():
        return load_advisor(settings)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, item['loc'])) or 'settings'}: {item['msg']}" for item in error.errors())
        _fail("\n".join(problems))


@contextmanager
def _explained() -> Generator[None]:
    """Errors a user can mend end with a sentence instead of a traceback."""
    try:
        yield
    except ServiceError as error:
        _fail(f"not a readable request: {error.text}")
    except KnowledgeError as error:
        _fail(f"faulty knowledge: {error}")


def _fail(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)


def _print_json(value: Any, indent: int = 0) -> None:
    import msgspec

    content = compact(value)
    sys.stdout.write((msgspec.json.format(content, indent=indent) if indent else content).decode() + "\n")


if __name__ == "__main__":
    app()
