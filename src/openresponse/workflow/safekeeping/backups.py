"""What a city cannot make again, copied and put back."""

from pathlib import Path

from openresponse.release.history import chain, confidential_ledger, retraction
from openresponse.release.store import backup as copies
from openresponse.release.store import lock, restoration
from openresponse.release.store.public_folder import published
from openresponse.workflow import run_log
from openresponse.workflow.city import City, Result


def backup(city: City, to: Path) -> Result:
    """Copy deliveries, confidential ledger, run log, releases and the program file into a folder.

    ReleaseError where one is missing or not as published, for such a copy would be no help.
    """
    folders = city.program.folders
    with lock.held(folders.public, "a backup"):
        _check(city)
        number = copies.write(city.file, folders, to)
    return Result(
        "copied",
        f"{to}: {number:,} files, as `openresponse verify {to}` checks them. It holds what is"
        " confidential: keep it where only you can read it, and away from this machine.",
        paths=(to,),
    )


def restore(city: City, source: Path) -> Result:
    """Put back from a backup what is missing, and change nothing that is there; ReleaseError names
    what is missing even then.
    """
    folders = city.program.folders
    with lock.held(folders.public, "what is put back"):
        without_log = restoration.leaves_out_log(source, folders)
        put_back = restoration.restore(source, folders)
        run_log.note(city, "restored", backup=source, put_back=len(put_back))
        _check(city)
    listed = ", ".join(map(str, put_back)) or "nothing, for nothing was missing"
    message = f"Put back: {listed}."
    if without_log:
        message += (
            f" Not put back: the run log, for that of {source} is older than the newest release. A"
            f" new one was begun in {folders.run_log}."
        )
    return Result("restored", message, paths=tuple(put_back))


def _check(city: City) -> None:
    """ReleaseError where releases are not as published, or what is confidential of one is lost."""
    folders = city.program.folders
    if published(folders.public):
        chain.check(folders.public)
        confidential_ledger.check_complete(folders.ledger, folders.public)
        retraction.ever(folders)
