"""A folder from which a city can be published: its program file, a Makefile and a page for whoever
works there.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from string import Template

from openresponse import drafting
from openresponse.drafting.draft import HELP, About, Draft
from openresponse.drafting.own_words import draft_of_own_words
from openresponse.errors import ProgramError, UsageError
from openresponse.release.store.files import replace_file
from openresponse.workflow.arguments import PROGRAM_FILE
from openresponse.workflow.city import City, Result
from openresponse.workflow.starting import first_look

TEMPLATES = Path(drafting.__file__).parent / "templates"
QUESTIONS = {
    "name": "Which city publishes (such as City of Riverton)?",
    "timezone": "Which time zone are its records in (such as America/Chicago)?",
    "model": "What is the team called that answers crisis calls (such as Mobile crisis team)?",
    "contact": "Which office answers for the figures?",
    "email": "Where are questions about the figures read (an address)?",
    "local_line": "Is there a local crisis line (its number; nothing for none)?",
}


def new_city(
    city: City,
    folder: Path,
    extracts: Sequence[Path] = (),
    name: str = "",
    timezone: str = "",
    model: str = "",
    contact: str = "",
    email: str = "",
    local_line: str = "",
    public_key: Path | None = None,
) -> Result:
    """Make the folder. extracts: files to make the program file from; without them it reads files
    in the words of the program itself. public_key: of the privacy officer. The others answer
    `QUESTIONS`; what is missing is asked, where somebody is there to answer.
    """
    answers = {
        "name": name,
        "timezone": timezone,
        "model": model,
        "contact": contact,
        "email": email,
        "local_line": local_line,
    }
    if folder.exists() and any(folder.iterdir()):
        raise ProgramError(f"{folder}: is not empty. Name a folder that is not there yet.")
    about = _about(answers, _key(public_key) if public_key else "")
    drafted = (
        first_look.look(city, extracts, about, folder) if extracts else draft_of_own_words(about)
    )
    file = _write(folder, drafted, about)
    left = [*drafted.undecided, *first_look.still_wrong(file)]
    for line in left:
        city.say(f"  decide: {line}")
    message = (
        f"Made {folder}. {len(left)} things are left to decide in {file}; then follow"
        f" {folder / 'README.md'}."
    )
    return Result("made", message, paths=(folder,), counts={"undecided": len(left)})


def _key(file: Path) -> str:
    try:
        return " ".join(file.read_text(encoding="utf-8").split()[:2])
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as a public key. Name a `.pub` file.") from error


def _about(answers: dict[str, str], key: str) -> About:
    """The answers given, and those to the questions that are left."""
    given = {name: answers.get(name) or _asked(question) for name, question in QUESTIONS.items()}
    local = {
        "label": "Local crisis line",
        "contact": given["local_line"],
        "what": "Talk with a counselor of the city at any hour.",
    }
    return About(
        given["name"],
        given["timezone"],
        given["contact"],
        given["email"],
        given["model"],
        (*HELP[:1], *([local] if given["local_line"] else []), *HELP[1:]),
        key,
    )


def _asked(question: str) -> str:
    """The answer of the person at work; nothing where there is none."""
    if not sys.stdin.isatty():
        return ""
    try:
        return input(f"{question} ").strip()
    except EOFError as error:
        raise UsageError("no answer. Give the answers as options instead.") from error


def _write(folder: Path, drafted: Draft, about: About) -> Path:
    raw = drafted.tree.get("folders", {}).get("raw", "data/raw")
    words = {"city": about.city or "the city", "raw": raw}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data" / "raw").mkdir(parents=True)
    for name in ("README.md", "Makefile", "gitignore"):
        text = Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(words)
        replace_file(folder / name.replace("gitignore", ".gitignore"), text)
    file = folder / PROGRAM_FILE
    replace_file(file, drafted.text)
    return file
