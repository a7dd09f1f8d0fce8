"""Where the address of a database is kept: in the environment, or in a file outside the city's
folder. It holds a password, so it is in no message.
"""

import os
from pathlib import Path

from openresponse.errors import ExtractError
from openresponse.program import ExtractName, Program

OTHERS = 0o077  # rights of anybody but the owner


def address(program: Program, name: ExtractName) -> str:
    """The address of an extract's database; ExtractError where it is kept nowhere safe."""
    source = program.extracts[name].source or ""
    key = f"extracts.{name}.source"
    if given := os.environ.get(source, "").strip():
        return given
    path = Path(source).expanduser()
    if not path.is_absolute():
        raise ExtractError(
            f"`{key}`: the environment has no variable `{source}`. Set it to the address of the"
            " database, such as postgresql+psycopg://reader@host/cad, or name a file with its whole"
            " path."
        )
    if path.resolve().is_relative_to(program.folders.home.resolve()):
        raise ExtractError(
            f"`{key}`: {path} lies in the city's own folder, which is copied and shared. Keep the"
            " address outside it."
        )
    return _in_file(path, key)


def _in_file(path: Path, key: str) -> str:
    try:
        open_to_others = path.stat().st_mode & OTHERS
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractError(
            f"`{key}`: {path} cannot be read ({type(error).__name__}). It holds one line, the"
            " address of the database."
        ) from None
    if open_to_others:
        raise ExtractError(f"`{key}`: {path} is open to others. Run `chmod 600 {path}`.")
    if not text or "\n" in text:
        raise ExtractError(f"`{key}`: {path} does not hold one line, the address of the database.")
    return text
