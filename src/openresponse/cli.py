"""The command line: the same verbs as the Makefile, with progress and an exit code for each kind of
failure.
"""

import argparse
import functools
import http.server
import json
import sys
from pathlib import Path

from openresponse import errors
from openresponse.errors import OpenResponseError
from openresponse.program import Program, load

FICTIONAL_SEED = 20210805  # no secret: the fictional release is the same for everybody
EXAMPLES = {
    "demo": "openresponse demo",
    "check": "openresponse check --month 2026-10",
    "release": "openresponse release --month 2026-10",
    "revise": (
        'openresponse revise --reason "Two districts were interchanged" --decided-by "Program'
        ' analyst"'
    ),
    "site": "openresponse site --program tests/programs/lincoln.yml",
    "review": "openresponse review",
    "approve": 'openresponse approve --as "privacy officer"',
    "retract": (
        'openresponse retract 2026-10 --reason "A table counted test calls" --decided-by "Privacy'
        ' officer"'
    ),
    "audit": "openresponse audit",
    "verify": "openresponse verify data/public",
    "publish": "openresponse publish --to /srv/open-response",
    "fresh": "openresponse fresh",
    "serve": "openresponse serve --port 8000",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except OpenResponseError as error:
        print(f"openresponse: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("openresponse: stopped. What was published before is as it was.", file=sys.stderr)
        return 130
    return 0


def demo(options) -> None:
    """Write the fictional extract into the raw folder."""
    from openresponse.demo import extract as fictional
    from openresponse.release.history import ledger

    program = load(options.program)
    _say(f"Writing the fictional extract to {program.folders.raw} ...")
    fictional.write(program.folders.raw)
    ledger.sow(program.folders.ledger, FICTIONAL_SEED)


def check(options) -> None:
    """Read and check the extracts of a month; publish nothing."""
    from openresponse.records import collection

    program = load(options.program)
    found = collection.collect(program, _month(options, program))
    counts = (
        found.handling.groupby(["extract", "handling"]).size().unstack("handling", fill_value=0)
    )
    print(counts.to_string())
    if found.partial:
        _say(f"Deliveries that end before their month does: {', '.join(found.partial)}.")


def release(options) -> None:
    """Anonymise, protect, audit and publish one month; build no site."""
    from openresponse.workflow import pipeline

    program = load(options.program)
    pipeline.release(options.program, program, _month(options, program), _say, options.early)


def revise(options) -> None:
    """Publish a revision of the newest release: the extracts as they are now, with the reason for
    what changed.
    """
    from openresponse.workflow import pipeline

    pipeline.revise(
        options.program, load(options.program), options.reason, options.decided_by, _say
    )


def review(options) -> None:
    """Write a page of what the newest release will publish and what it changes, to be looked at
    before it is approved.
    """
    from openresponse.workflow import pipeline

    program = load(options.program)
    _say(f"Ready: {pipeline.review(program)}")


def approve(options) -> None:
    """Record that a role approves the release that waits, as it is now, byte for byte."""
    from openresponse.workflow import pipeline

    pipeline.approve(load(options.program), options.role, _say)


def retract(options) -> None:
    """Withdraw a release: its files go, its manifest stays, and the pages say why."""
    from openresponse.workflow import pipeline

    pipeline.retract(
        load(options.program), options.release, options.reason, options.decided_by, _say
    )


def site(options) -> None:
    """Everything: the fictional extract where there is none, the release, the pages, the website."""
    from openresponse.release.store.write import published
    from openresponse.website import engines
    from openresponse.workflow import pipeline, sources

    program = load(options.program)
    monthly = any(extract.layout == "monthly" for extract in program.extracts.values())
    if monthly and _is_empty(program.folders.raw) and not published(program.folders.public):
        demo(options)
    month = options.month or _month(options, program)
    there = not options.month and month in published(program.folders.public)
    folder = (
        pipeline.newest(program)
        if there
        else pipeline.release(options.program, program, month, _say, options.early)
    )
    project = sources.pages(program, folder, _say)
    _say("Rendering the website ...")
    _say(f"Ready: {engines.render(project) / 'index.html'}")


def fresh(options) -> None:
    """Throw away the fictional extract, what was released from it, and the build; real drops and
    releases stay.
    """
    import shutil

    from openresponse.records.delivery import drops, is_fictional
    from openresponse.release.history import ledger, register
    from openresponse.release.store.write import LATEST, MANIFEST, published

    folders = load(options.program).folders
    gone = [
        folders.raw / month for month in drops(folders.raw) if is_fictional(folders.raw, [month])
    ]
    gone += [
        folders.public / name
        for name in [*published(folders.public), LATEST]
        if (told := folders.public / name / MANIFEST).is_file()
        and json.loads(told.read_text(encoding="utf-8"))["fictional"]
    ]
    for folder in [*gone, folders.build]:
        shutil.rmtree(folder, ignore_errors=True)
    # Ledger and lists tell of releases that are there; without any they tell of nothing.
    if not published(folders.public):
        for name in (ledger.PUBLIC, *register.LISTS):
            (folders.public / name).unlink(missing_ok=True)
        if not drops(folders.raw):
            shutil.rmtree(folders.ledger, ignore_errors=True)
    _say(f"Removed {len(gone)} fictional drops and releases.")


def audit(options) -> None:
    """Try to break everything ever published from the public files alone, then search and explain
    every published byte.
    """
    from openresponse.disclosure import rules
    from openresponse.release.checks import leaks, tripwires
    from openresponse.release.publication import audit as attack
    from openresponse.workflow import rebuild

    program = load(options.program)
    verdict = attack(program.folders, rules.of(program.privacy))
    verdict.check()
    _say(
        f"{verdict.releases} releases, {verdict.cells:,} cells in the newest, {verdict.withheld:,}"
        f" withheld: {verdict.tried:,} figures attacked, none can be proved to be small"
        f" ({verdict.variables:,} unknowns and knowns, {verdict.equations:,} equations,"
        f" {verdict.seconds:.1f} s)."
    )
    folders = program.folders
    _say("Searching every published byte for traces of persons, calls and withheld counts ...")
    tripwires.check(leaks.search(program, [folders.public, folders.site]))
    if (folders.site / "_site").is_dir():
        rebuild.check(rebuild.unexplained(options.program, program, _say))
        _say("Nothing was found, and every file of the site is what the published tables give.")
    else:
        _say("Nothing was found. There is no website yet to explain.")


def verify(options) -> None:
    """Check every published file against its manifest, the chain and the lists; needs no raw data
    and no program file.
    """
    from openresponse.release.history import chain
    from openresponse.workflow import rebuild

    program = None if options.folder else load(options.program)
    folder = options.folder or program.folders.public
    checked = chain.check(folder)
    _say(
        f"{folder}: {len(checked)} release{'' if len(checked) == 1 else 's'} as published"
        f" ({', '.join(checked)})."
    )
    if options.rebuild:
        program = program or load(options.program)
        rebuild.check(rebuild.unexplained(options.program, program, _say))
        _say("Every page is, byte for byte, what the published tables give.")


def publish(options) -> None:
    """Put the website of the newest release into the folder of a web server: whole or not at all."""
    from openresponse.workflow import publishing

    publishing.publish(load(options.program), options.to, _say)


def serve(options) -> None:
    """Show the website on this machine until stopped."""
    folder = load(options.program).folders.site / "_site"
    if not (folder / "index.html").is_file():
        raise errors.RenderError(f"{folder}: no website yet. Run `make site` first.")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", options.port), handler) as server:
        _say(f"http://127.0.0.1:{options.port}/  (stop with Ctrl-C)")
        server.serve_forever()


def _month(options, program: Program) -> str:
    """The month asked for, or the last one delivered; without raw data, the last one published."""
    from openresponse.records import collection
    from openresponse.release.store.write import published

    if options.month:
        return options.month
    releases = published(program.folders.public)
    if releases and _is_empty(program.folders.raw):
        return releases[-1]
    return collection.last_month(program)


def _is_empty(raw: Path) -> bool:
    from openresponse.records.delivery import drops

    return not drops(raw)


def _say(line: str) -> None:
    print(line, flush=True)


def _valid_month(text: str) -> str:
    from openresponse.records.delivery import MONTH

    if not MONTH.match(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write one such as 2026-10")
    return text


def _valid_release(text: str) -> str:
    from openresponse.release.store.write import NAME

    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a release; write one such as 2026-10 or 2026-10-r1"
        )
    return text


def _told(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("say it in words; it is published")
    return text.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="openresponse",
        description=(
            "Public reports on mental-health crisis response, with privacy that can be checked."
        ),
        epilog="Exit codes: "
        + ", ".join(
            f"{kind.exit_code} {name}"
            for name, kind in sorted(_kinds().items(), key=lambda k: k[1].exit_code)
        ),
    )
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (
        demo,
        check,
        release,
        review,
        approve,
        revise,
        retract,
        site,
        audit,
        verify,
        publish,
        serve,
        fresh,
    ):
        verb = verbs.add_parser(
            command.__name__,
            help=command.__doc__,
            description=command.__doc__,
            epilog=f"Example: {EXAMPLES[command.__name__]}",
        )
        verb.set_defaults(run=command, month=None)
        verb.add_argument(
            "--program",
            type=Path,
            default=Path("program.yml"),
            help="the program file (default: program.yml)",
        )
        if command in (check, release):
            verb.add_argument(
                "--month", type=_valid_month, help="YYYY-MM (default: the last month delivered)"
            )
        if command is site:
            verb.add_argument(
                "--month",
                type=_valid_release,
                help="YYYY-MM, or a revision such as 2026-10-r1 (default: the newest)",
            )
        if command in (release, site):
            verb.add_argument(
                "--early",
                metavar="REASON",
                default="",
                help="why the release comes before its announced day; published with it",
            )
        if command is approve:
            verb.add_argument(
                "--as",
                required=True,
                dest="role",
                metavar="ROLE",
                help="one of `release.approvers` of the program file",
            )
        if command is retract:
            verb.add_argument("release", type=_valid_release, help="such as 2026-10 or 2026-10-r1")
        if command in (revise, retract):
            verb.add_argument(
                "--reason",
                required=True,
                type=_told,
                metavar="TEXT",
                help="why, in a sentence; published",
            )
            verb.add_argument(
                "--decided-by",
                required=True,
                type=_told,
                metavar="ROLE",
                help="who decided it, by role; published too",
            )
        if command is verify:
            verb.add_argument(
                "folder",
                type=Path,
                nargs="?",
                help="a public folder or one release (default: the program's public folder)",
            )
            verb.add_argument(
                "--rebuild",
                action="store_true",
                help=(
                    "also make every page again from the published tables alone and compare the"
                    " bytes"
                ),
            )
        if command is publish:
            verb.add_argument(
                "--to",
                type=Path,
                required=True,
                metavar="DIR",
                help="gets sites/, the links current and previous, and nginx.conf",
            )
        if command is serve:
            verb.add_argument("--port", type=int, default=8000, help="default: 8000")
    return parser


def _kinds() -> dict[str, type[OpenResponseError]]:
    return {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type)
        and issubclass(kind, OpenResponseError)
        and kind is not OpenResponseError
    }
