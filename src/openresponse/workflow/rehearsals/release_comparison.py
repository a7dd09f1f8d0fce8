"""Two releases, compared."""

from openresponse.errors import ReleaseError
from openresponse.release.store.public_folder import available, verify
from openresponse.release.store.published import Published
from openresponse.workflow.city import City, Result
from openresponse.workflow.rehearsals.figure_changes import figures
from openresponse.workflow.rehearsals.file_changes import files


def diff(city: City, release: str, other: str) -> Result:
    """Say which figures and files differ between two releases.

    ReleaseError where one is not there, was withdrawn, or is not as published.
    """
    public = city.program.folders.public
    for name in (release, other):
        if name not in available(public):
            raise ReleaseError(
                f"{public / name}: there are no files of this release. Those that are there:"
                f" {', '.join(available(public)) or 'none'}. See {city.typed('status')}."
            )
        verify(public / name)
    changed = figures(*(Published.load(public / name) for name in (release, other)))
    touched = files(public / release, public / other)
    city.show(f"Figures, from {release} to {other}", changed)
    city.show("Files", touched)
    new, altered, withheld, again, gone = (int(each) for each in changed.sum())
    return Result(
        "compared",
        f"From {release} to {other}: {new:,} figures are new, {altered:,} changed, {withheld:,}"
        f" withheld, {again:,} shown again, {gone:,} gone.",
        other,
        (public / release, public / other),
        {"figures": changed.to_dict("index"), "files": touched.to_dict("index")},
    )
