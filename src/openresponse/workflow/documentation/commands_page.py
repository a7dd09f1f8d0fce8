"""The page on the commands: each with its arguments, the targets of the Makefile, and the exit
codes.
"""

import re
from pathlib import Path

import shtab

from openresponse.workflow import arguments
from openresponse.workflow.arguments import Argument
from openresponse.workflow.commands import COMMANDS, Command, exit_codes
from openresponse.workflow.documentation import markdown

TARGET = re.compile(r"^([a-z-]+):.*?## *(.+)$", re.MULTILINE)
INTRODUCTION = """\
`make` runs the same commands with the options that a person needs most; `make help` lists its
targets. The command `openresponse` is in `.venv/bin/`; `python -m openresponse` is the same.
"""


def text(checkout: Path) -> str:
    """The whole page."""
    return markdown.page(
        "Commands",
        "Every command with its options, every target of the Makefile, every exit code.",
        INTRODUCTION,
        [
            _targets(checkout),
            *(_command(name, command) for name, command in COMMANDS.items()),
            _common(),
            _codes(),
        ],
    )


def targets(checkout: Path) -> dict[str, str]:
    """The targets that `make help` lists, and what each does."""
    return dict(TARGET.findall((checkout / "Makefile").read_text(encoding="utf-8")))


def _targets(checkout: Path) -> str:
    lines = [
        f"**`make {name}`**: {markdown.sentence(what)}" for name, what in targets(checkout).items()
    ]
    return markdown.section("Targets of the Makefile", "make", markdown.items(lines))


def _command(name: str, command: Command) -> str:
    return markdown.section(
        f"`openresponse {name}`",
        name,
        markdown.sentence(command.promise),
        markdown.items(map(_argument, command.arguments)),
        markdown.code(f"openresponse {name} {command.example}".rstrip()),
    )


def _common() -> str:
    shells = ", ".join(f"`{name}`" for name in shtab.SUPPORTED_SHELLS)
    return markdown.section(
        "Options of every command",
        "options",
        markdown.items(map(_argument, (arguments.PROGRAM, arguments.QUIET, arguments.JSON))),
        "`openresponse --version` prints the version. `openresponse --print-completion bash` prints"
        f" what a shell needs to complete commands; known are {shells}. `--help` after a command"
        " prints its options.",
    )


def _argument(one: Argument) -> str:
    value = one.settings.get("metavar", "")
    value = value if isinstance(value, str) else " ".join(value)
    written = f"{one.name} {value}".rstrip() if one.name.startswith("-") else one.name.upper()
    needed = one.settings.get("required") or (
        not one.name.startswith("-") and one.settings.get("nargs") != "?"
    )
    return (
        f"**`{written}`**{' (needed)' if needed else ''}: {markdown.sentence(one.settings['help'])}"
    )


def _codes() -> str:
    lines = [
        f"**{code}**{f' `{kind}`' if kind else ''}: {meaning}"
        for code, kind, meaning in exit_codes()
    ]
    return markdown.section(
        "Exit codes",
        "exit-codes",
        "A failure that you can mend is one sentence, and each kind has a code of its own."
        " [When it stops](when-it-stops.qmd) says what to do.",
        markdown.items(lines),
    )
