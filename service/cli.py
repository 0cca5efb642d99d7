"""The command line: serve, explain one request, look at the knowledge, read the feedback."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from service.assessment import KnowledgeAdvisor, load_advisor
from service.commands import store
from service.commands.console import explained, fail, print_json, read_settings
from service.explain import Options, explain_file
from service.settings import Language
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
tenants_app = typer.Typer(no_args_is_help=True, help="Check the file that names who may call.")
app.add_typer(tenants_app, name="tenants")
app.add_typer(store.audit_app, name="audit")
app.add_typer(store.store_app, name="store")
app.command("feedback")(store.feedback)
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
    settings = read_settings()
    with explained():
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
    settings = read_settings()
    with explained():
        verdicts = explain_file(request, Options(hook, day, language), settings, load_advisor(settings))
    if as_json:
        print_json(verdicts)
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
        print_json(statements)
        return
    for statement in statements:
        typer.echo(f"{statement['severity']:<9}{statement['id']}")


@knowledge_app.command("show")
def knowledge_show(statement_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the statement.")]) -> None:
    """Show one statement in full, as JSON."""
    statement = _load().explain(statement_id)
    if statement is None:
        fail(f"no statement has the id {statement_id}; see `biologic-cds knowledge list`")
    print_json(statement, indent=2)


@knowledge_app.command("drug")
def knowledge_drug(
    drug: Annotated[str, typer.Argument(metavar="DRUG", help="Key of the drug, for example dupilumab.")],
    as_json: AsJson = False,
    language: Annotated[Language, typer.Option(help="Language of the text.")] = "en",
) -> None:
    """Show all that is known of one drug: codes, regimens, statements and recommendations."""
    from service.knowledge_words import drug_lines

    advisor = _load()
    found = advisor.drug(drug)
    if found is None:
        fail(f"nothing is known of {drug}; drugs: {', '.join(advisor.drugs())}")
    if as_json:
        print_json(found, indent=2)
    else:
        typer.echo("\n".join(drug_lines(found, language)))


@knowledge_app.command("coverage")
def knowledge_coverage(as_json: AsJson = False) -> None:
    """Say for every source document which entries are implemented, and why others are not.

    Ends with code 1 where an entry is neither implemented nor explained.
    """
    from service.knowledge_words import coverage_lines

    documents = _load().coverage()
    if as_json:
        print_json(documents)
    else:
        typer.echo("\n".join(coverage_lines(documents)))
    if not all(item["complete"] for item in documents):
        raise typer.Exit(1)


@tenants_app.command("check")
def tenants_check() -> None:
    """Load and check the tenants file, with the keys and certificates it names."""
    from service.trust.callers import known_callers

    settings = read_settings()
    if settings.tenants is None:
        fail("BIOLOGIC_CDS_TENANTS is not set: the service runs in demo mode")
    with explained():
        callers = known_callers(settings.tenants, settings)
    for caller in callers:
        typer.echo(f"{caller.tenant.id}  {caller.issuer}  {len(caller.tenant.fhir.servers or ())} FHIR servers")


def _load() -> KnowledgeAdvisor:
    settings = read_settings()
    with explained():
        return load_advisor(settings)


if __name__ == "__main__":
    app()
