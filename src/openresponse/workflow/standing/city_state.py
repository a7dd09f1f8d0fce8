"""Where a city stands: what is delivered, published, withdrawn, waiting, shown and live."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openresponse.errors import ExtractError, OpenResponseError, ReleaseError
from openresponse.program import Program
from openresponse.release.history import (
    chain,
    confidential_ledger,
    predecessor,
    register,
    release_days,
)
from openresponse.release.history.register import Past
from openresponse.release.store.public_folder import next_name, published
from openresponse.tables.months import later
from openresponse.website import engines
from openresponse.website.engines import SITE
from openresponse.workflow import deliveries
from openresponse.workflow.standing import waiting_releases
from openresponse.workflow.standing.waiting_releases import Candidate
from openresponse.workflow.web_server import live_site, publishing


@dataclass(frozen=True)
class Shown:
    """A website. release: the one that it shows, empty where it shows none. outdated: why it is not
    the site of what is published; empty where it is. withdrawn: releases that it still holds though
    they were withdrawn.
    """

    folder: Path
    release: str
    outdated: str = ""
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityState:
    """All of it as the files say now.

    delivered: months. past: every release that was ever published. broken: what of the public
    folder is not as published. unfinished: whether that is all a run that was stopped. lost: what
    is missing of the confidential ledger. other_rule: whether the privacy rule is not that of the
    newest release. site, live: None where there is none.
    """

    program: Program
    today: date
    delivered: tuple[str, ...]
    undelivered: str
    past: tuple[Past, ...]
    candidates: tuple[Candidate, ...]
    broken: str
    unfinished: bool
    lost: str
    other_rule: bool
    site: Shown | None
    live: Shown | None

    @property
    def newest(self) -> Past | None:
        """The newest release, also where it was withdrawn."""
        return self.past[-1] if self.past else None

    @property
    def current(self) -> str:
        """The newest release that is not withdrawn; empty where there is none."""
        return next((one.release for one in reversed(self.past) if not one.retraction), "")

    @property
    def month(self) -> str:
        """The newest month that was published; empty where none was."""
        return self.newest.release[release_days.MONTH] if self.newest else ""

    @property
    def unpublished(self) -> tuple[str, ...]:
        """Delivered months after the newest published one; the last delivered before a first
        release, which holds all of them.
        """
        if not self.past:
            return self.delivered[-1:]
        return tuple(month for month in self.delivered if month > self.month)

    @property
    def next_month(self) -> str:
        """The month that is to be published next; empty where nothing was delivered or
        published.
        """
        if self.unpublished:
            return self.unpublished[0]
        return later(self.month, 1) if self.month else ""

    @property
    def due(self) -> date | None:
        """The day of the next month: the announced one, or else the first on which its figures
        have settled.
        """
        month = self.next_month
        if not month:
            return None
        return release_days.due(self.program, month) or self.program.release.settled(month)

    @property
    def is_due(self) -> bool:
        """Whether that day has come. Invented figures wait for no day."""
        announced = self.next_month and release_days.due(self.program, self.next_month)
        is_early = bool(announced) and self.due is not None and self.today < self.due
        return self.program.program.demonstration or not is_early


def read(program: Program) -> CityState:
    """Read it from the files; nothing is written."""
    folders, undelivered = program.folders, ""
    try:
        delivered = deliveries.months(program)
    except ExtractError as error:
        delivered, undelivered = [], str(error)
    names = published(folders.public)
    broken = _said(chain.check, folders.public) if names else ""
    unfinished = bool(broken) and chain.is_unfinished(folders.public)
    try:
        past = register.past(folders.public)
    except ReleaseError:  # which is broken
        past = []
    lost = _said(confidential_ledger.check_complete, folders.ledger, folders.public)
    before = None
    if names and not lost and (unfinished or not broken):
        before = predecessor.earlier(folders, next_name(names[-1]))
    return CityState(
        program=program,
        today=release_days.today(program),
        delivered=tuple(delivered),
        undelivered=undelivered,
        past=tuple(past),
        candidates=tuple(waiting_releases.waiting(program)),
        broken=broken,
        unfinished=unfinished,
        lost=lost,
        other_rule=predecessor.changes_edition(program, before),
        site=_site(program),
        live=_live(program),
    )


def _said(check: Callable[..., object], *given: object) -> str:
    """What a check refuses; empty where it holds."""
    try:
        check(*given)
    except OpenResponseError as error:
        return str(error)
    return ""


def _site(program: Program) -> Shown | None:
    site = program.folders.site / SITE
    if not (site / "index.html").is_file():
        return None
    public = program.folders.public
    outdated = _said(publishing.check, site, public, program.program.languages)
    return Shown(site, engines.release(site), outdated, publishing.withdrawn(site, public))


def _live(program: Program) -> Shown | None:
    to, site = live_site.place(program.folders.build), program.folders.site / SITE
    if to is None:
        return None
    is_same = site.is_dir() and live_site.linked(to / live_site.CURRENT) == publishing.content(site)
    return Shown(
        to,
        live_site.shown(to),
        "" if is_same else f"{to} holds another site than {site}.",
        publishing.withdrawn(to / live_site.CURRENT, program.folders.public),
    )
