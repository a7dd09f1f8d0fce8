"""What unknown extracts are like, shown without one of their values, and a draft of the program
file that reads them.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openresponse.drafting import column_profiles, draft, file_layouts, files_together, likely_roles
from openresponse.drafting.column_profiles import FileProfile, Profile
from openresponse.drafting.draft import About, Draft
from openresponse.drafting.likely_roles import Role
from openresponse.errors import OpenResponseError, ProgramError
from openresponse.release.store.files import replace_file
from openresponse.workflow.city import City, Result

DRAFT = Path("draft.yml")


def inspect(city: City, files: Sequence[Path], to: Path = DRAFT) -> Result:
    """Show what the files are like, and write a draft of the program file. ProgramError where there
    is a file of its name.
    """
    if to.exists():
        raise ProgramError(f"{to}: is there already. Name another file with `--to`.")
    drafted = look(city, files, About(), to.parent)
    replace_file(to, drafted.text)
    left = [*drafted.undecided, *still_wrong(to)]
    for line in left:
        city.say(f"  decide: {line}")
    then = f"Then: openresponse check --program {to}"
    message = f"Wrote {to}. {len(left)} things are left to decide; they are listed above. {then}"
    return Result("drafted", message, paths=(to,), counts={"undecided": len(left)})


def look(city: City, files: Sequence[Path], about: About, home: Path) -> Draft:
    """The draft for these files, while what they are like is shown. home: where it will be."""
    profiles = [column_profiles.profile(file_layouts.layout(path)) for path in files]
    roles = {one.layout.path: likely_roles.role(one) for one in profiles}
    for one in profiles:
        for line in _shown(one, roles[one.layout.path]):
            city.say(line)
    for link in files_together.links(profiles):
        city.say(
            f"{link.file}, `{link.column}`: {link.shared:.0%} of its numbers are in {link.other},"
            f" `{link.other_column}`"
        )
    drafted = draft.draft(profiles, roles, about, home)
    if drafted.unused:
        city.say(f"Like no extract, and not in the draft: {', '.join(drafted.unused)}")
    return drafted


def still_wrong(file: Path) -> Iterator[str]:
    """What stands in the way of the file being used at all."""
    try:
        City(file).program  # noqa: B018
    except OpenResponseError as error:
        yield str(error)


def _shown(file: FileProfile, role: Role | None) -> Iterator[str]:
    keys = ", ".join(f"{key} {value}" for key, value in file.layout.keys.items())
    likely = f"likely `extracts.{role.extract}`" if role else "like no extract"
    parts = (f"{len(file.cells):,} rows", f"{len(file.profiles)} columns", keys, likely)
    yield f"{file.layout.path.name}: {'; '.join(filter(None, parts))}"
    fields: Mapping[str, str] = (
        {one.heading: field for field, one in role.columns.items()} if role else {}
    )
    widest = max(len(one.heading) for one in file.profiles)
    for one in file.profiles:
        yield f"  {one.heading.ljust(widest)}  {_in_words(one)}{_field(fields, one)}"


def _in_words(one: Profile) -> str:
    written = f" {one.form.format}" if one.form.format else ""
    key = ", a key" if one.is_key else ""
    shares = f"{one.missing:4.0%} missing  {one.distinct:>7,} different{key}"
    return f"{f'{one.kind}{written}':32}  {shares}"


def _field(fields: Mapping[str, str], one: Profile) -> str:
    return f"  -> {fields[one.heading]}" if one.heading in fields else ""
