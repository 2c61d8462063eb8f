"""The command line: one of the edges, which alone print and exit.

Exit codes: 0 clean, 1 findings, 2 usage, 3 a fault in the tool.
"""

from __future__ import annotations

import io
import os
import sys
import textwrap
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from generator.bar import Bar
from generator.codes import CODES
from generator.collector import unsearched
from generator.config import Settings, SettingsFault, load_settings, report_settings
from generator.diagnostics import Diagnostic, Sink
from generator.profile import profiled
from generator.report import FORMATS, report_text

CLEAN, FINDINGS, USAGE, FAULT = 0, 1, 2, 3

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="briefing-generator", prog_name="briefing")
def cli() -> None:
    """Build a cross-linked site in which every claim carries a checked citation."""


def main() -> NoReturn:
    """Run the command line; what nobody foresaw becomes finding I901 and exit code 3."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow encoding is no reason to stop
    try:
        # Outside of standalone mode click catches `Exit` and returns its code; commands return None.
        code = cli(prog_name="briefing", standalone_mode=False) or CLEAN
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        code = FINDINGS
    except click.ClickException as error:
        error.show()
        code = USAGE
    except BrokenPipeError:
        code = FINDINGS
    except Exception as error:
        code = FAULT
        _show_fault(error)
    sys.exit(code)


def _show_fault(error: Exception) -> None:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
    sink = Sink()
    sink.add(
        "I901",
        f"{type(error).__name__}: {error}",
        "briefing",
        f"it happened at {where}",
        "your files are as they were; please report this text",
    )
    click.echo(report_text(sink.sorted(), colour=False), err=True, nl=False)


def config_option(command: Command) -> Command:
    """`--config-file`, for every command that works on a project."""
    return click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="The project's mkdocs.yml.",
    )(command)


def format_option(command: Command) -> Command:
    """`--format`, for every command that reports findings."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        default="text",
        show_default=True,
        help="How findings are written to standard output.",
    )(command)


def jobs_option(command: Command) -> Command:
    """`--jobs`, for every command that shares its work among processes."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many processes share the work; one for each processor when left out.",
    )(command)


def profile_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--profile`, for every command that may take long: where its time went, on standard error."""

    @click.option("--profile", is_flag=True, help="Say at the end where the time went.")
    @wraps(command)
    def run(*, profile: bool, **options: Any) -> None:  # noqa: ANN401 - click's
        if not profile:
            command(**options)
            return
        with profiled() as noted:
            try:
                command(**options)
            finally:
                click.echo(noted.table(), err=True)

    return run


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Load the settings; a fault in them is a finding like any other."""

    @wraps(command)
    def run(config_file: Path, format_: str = "text", **options: Any) -> None:  # noqa: ANN401 - click's
        try:
            # The host judges its own keys, and only where a command needs it.
            command(settings=load_settings(config_file), format_=format_, **options)
        except SettingsFault as fault:
            sink = Sink()
            report_settings(fault, config_file, sink)
            show_findings(sink.sorted(), format_)
            # A file that is not there is a slip in the command; a wrong one is a finding.
            code = FINDINGS if config_file.is_file() else USAGE
            raise click.exceptions.Exit(code) from None

    return run


def show_findings(findings: Sequence[Diagnostic], format_: str) -> None:
    """Write findings to standard output; colours only on a terminal."""
    if format_ == "text":
        # click strips the colour codes by itself where the output is no terminal.
        # There may be no standard output at all.
        colour = bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        click.echo(report_text(findings, colour=colour), nl=False)
    else:
        # Programs read UTF-8 and plain line ends, whatever the terminal is set to.
        click.echo(FORMATS[format_](findings).encode(), nl=False)


def summary(findings: Sequence[Diagnostic], counts: dict[str, int]) -> str:
    """One closing line for people."""
    errors = sum(finding.level == "error" for finding in findings)
    warnings = len(findings) - errors
    read = ", ".join(_plural(number, what.removesuffix("s")) for what, number in counts.items())
    looked_at = f" ({read})" if read else ""
    if not findings:
        return f"clean: {read}"
    files = len({finding.path for finding in findings})
    parts = [_plural(errors, "error")] if errors else []
    parts += [_plural(warnings, "warning")] if warnings else []
    first = min(finding.code for finding in findings)
    return (
        f"{' and '.join(parts)} in {_plural(files, 'file')}{looked_at}\n"
        f"`briefing explain {first}` says more"
    )


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@cli.command()
@config_option
@format_option
@jobs_option
@profile_option
@unsearched()
@with_settings
def check(settings: Settings, format_: str, jobs: int | None) -> None:
    """Check every fact sheet and quotation; write nothing."""
    from generator.pipeline import check as run_check

    with Bar() as bar:
        checked = run_check(settings, bar, jobs)
    show_findings(checked.findings, format_)
    click.echo(summary(checked.findings, checked.counts), err=True)
    if checked.verified is None:
        raise click.exceptions.Exit(FINDINGS)


@cli.command()
@config_option
@format_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write the site, instead of the project's own folder.",
)
@jobs_option
@profile_option
@unsearched()
@with_settings
def build(settings: Settings, format_: str, site_dir: Path | None, jobs: int | None) -> None:
    """Check everything, then build the site and swap it in whole.

    After an edit of facts only what the edit reaches is made anew; the result is the same.
    """
    from generator.amend import WholeBuild, amend_site

    site = (site_dir or settings.site).resolve()
    with Bar() as bar:
        try:
            work = amend_site(replace(settings, site=site), bar, jobs, _waiting)
        except WholeBuild:
            from generator.host import build_site

            findings, ok = build_site(
                settings.config_file, site_dir=site_dir, progress=bar, jobs=jobs
            )
        else:
            findings, ok = (), True
            told = f"{_plural(work.written, 'file')} changed" if work.written else "nothing to do"
            click.echo(f"{settings.shown(site)}: {told}", err=True)
    show_findings(findings, format_)
    if not ok:
        click.echo(f"{summary(findings, {})}; {settings.shown(site)} is as it was", err=True)
        raise click.exceptions.Exit(FINDINGS)
    click.echo(f"built {settings.shown(site)}", err=True)


def _waiting() -> None:
    click.echo("waiting for another build of this site", err=True)


@cli.command()
@config_option
@click.option(
    "-a",
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to serve the site.",
)
@with_settings
def serve(settings: Settings, format_: str, address: str) -> None:
    """Serve the site and rebuild it at every change; findings show in the page too."""
    from generator.serve import serve as run_serve

    run_serve(settings.config_file, address)


@cli.command()
@config_option
@format_option
@click.argument("site", required=False, type=click.Path(path_type=Path))
@jobs_option
@unsearched()
@with_settings
def audit(settings: Settings, format_: str, site: Path | None, jobs: int | None) -> None:
    """Audit a built SITE against the article records, trusting no template."""
    from generator.audit import audit_site

    sink = Sink()
    with Bar() as bar:
        counts = audit_site((site or settings.site).resolve(), settings, sink, bar, jobs)
    findings = sink.sorted()
    show_findings(findings, format_)
    click.echo(summary(findings, asdict(counts)), err=True)
    if findings:
        raise click.exceptions.Exit(FINDINGS)


@cli.command()
@config_option
@format_option
@click.argument("sources", nargs=-1)
@click.option("--check", "only_check", is_flag=True, help="Compare, and write nothing.")
@with_settings
def seal(settings: Settings, format_: str, sources: tuple[str, ...], only_check: bool) -> None:
    """Seal the archived text of SOURCES (all sealed ones when none is named)."""
    from generator.sealing import seal_sources

    if settings.archive is None:
        raise click.UsageError(
            "no archive: set `archive` in mkdocs.yml, or BRIEFING_ARCHIVE, to the folder of the article texts"
        )
    sink = Sink()
    with Bar() as bar:
        outcomes = seal_sources(settings, sources, sink, write=not only_check, progress=bar)
    findings = sink.sorted()
    show_findings(findings, format_)
    for outcome in outcomes:
        click.echo(f"{outcome.state}: {outcome.path} ({outcome.words:,} words)", err=True)
    if findings:
        raise click.exceptions.Exit(FINDINGS)


@cli.command()
@config_option
@format_option
@click.option("--note", default="", metavar="TEXT", help="What readers are told of the edition.")
@click.option(
    "--number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Its number; one more than the last when left out.",
)
@jobs_option
@with_settings
def release(
    settings: Settings, format_: str, note: str, number: int | None, jobs: int | None
) -> None:
    """Check everything, then store the present facts as an edition.

    From then on the site tells what has changed since.
    """
    from generator.pipeline import check as run_check
    from generator.release import release_edition

    with Bar() as bar:
        checked = run_check(settings, bar, jobs)
    sink = Sink()
    sink.extend(checked.findings)
    released = None
    if checked.verified is not None:
        released = release_edition(checked.verified, sink, note=note, number=number)
    show_findings(sink.sorted(), format_)
    if released is None:
        click.echo("no edition was stored", err=True)
        raise click.exceptions.Exit(FINDINGS)
    changes = f", {_plural(released.changes, 'change')}" if released.head.number > 1 else ""
    click.echo(f"stored {released.path}: edition {released.head.number}{changes}", err=True)


@cli.command()
@config_option
@format_option
@click.argument("pages", metavar="ID…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="A paper for every page.")
@click.option("--paper", "sheet", type=click.Choice(["a4", "letter"]), default="a4", help="Size.")
@click.option("--large", is_flag=True, help="Large print: letters of 16.5 points.")
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="A file `*.pdf` for one paper of all pages, or a folder for one paper each.")  # fmt: skip
@jobs_option
@with_settings
def pdf(settings: Settings, format_: str, jobs: int | None, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Make PDFs of pages, with notes at the foot of each sheet.

    An ID is that of a page; IDs with commas between them make one dossier: `israel,bahrain`.
    """
    from generator.printing.asked import Asked, print_asked

    if asked["everything"] == bool(asked["pages"]):
        raise click.UsageError("name pages by their ids, or give --all")
    with Bar() as bar:
        try:
            printed = print_asked(settings, Asked(**asked), bar, jobs)
        except LookupError as unknown:
            raise click.UsageError(str(unknown)) from None
    show_findings(printed.findings, format_)
    click.echo(printed.words, err=True)
    if printed.findings:
        raise click.exceptions.Exit(FINDINGS)


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic CODE, or list all codes."""
    if code is None:
        for entry in CODES.values():
            click.echo(f"{entry.id}  {entry.level:7}  {entry.name}")
        return
    found = CODES.get(code.upper())
    if found is None:
        raise click.UsageError(f"no code is called {code}; `briefing explain` lists all")
    click.echo(f"{found.id} {found.name} ({found.level}, raised by {found.stage})\n")
    for text in (found.about, f"Fix: {found.fix}"):
        click.echo(textwrap.fill(text, 88))
    if found.level == "warning":
        click.echo(
            textwrap.fill(
                f"Where it must stand: `# briefing: allow {found.id} - reason`, "
                "at or above the key it is about.",
                88,
            )
        )
