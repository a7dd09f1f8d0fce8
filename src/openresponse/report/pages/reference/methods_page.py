"""What is counted, when a change is called a signal, and what the figures do not say: drawn from
the same constants and program file as the code.
"""

from dataclasses import dataclass

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.formats.rule_in_words import rule_in_words
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Table
from openresponse.report.html.environment import render
from openresponse.report.prose import rates, signals
from openresponse.tables import process_limits

LIMITS = (
    N_(
        "They count 911 calls and responses, not people's lives. A call that ends well on the day"
        " can be followed by another."
    ),
    N_(
        "They show what was recorded, and nothing that was not. A table that counts what was not"
        " recorded does so in rows of its own."
    ),
    N_(
        "They do not show that a model caused a result: calls sent to a model differ from calls"
        " that are not."
    ),
    N_(
        "A month's figure also moves by chance. A change is called a signal only by the rules on"
        " the methods page."
    ),
    N_("A withheld figure is not zero."),
)


@dataclass(frozen=True)
class Definition:
    """What a table counts. href: where its columns are described, empty where that is in another
    language.
    """

    href: str
    title: str
    counts: str
    denominator: str


@dataclass(frozen=True)
class MethodsPage:
    """root: the way to the site's first folder. limit, fewest: see `signals`. hides, decimals: the
    privacy rule. residents: year and source, or nothing. accepted: checks that were overruled.
    """

    root: str
    limits: list[str]
    rules: list[str]
    limit: float
    fewest: int
    hides: str
    decimals: int
    definitions: list[Definition]
    codes: Table | None
    residents: dict[str, object]
    rates: list[str]
    accepted: list[dict[str, str]]


def view(published: Published) -> MethodsPage:
    return MethodsPage(
        root=language.now().root,
        limits=[_(limit) for limit in LIMITS],
        rules=[_(rule, shift=signals.SHIFT) for rule in signals.RULES],
        limit=process_limits.LIMIT,
        fewest=signals.FEWEST,
        hides=rule_in_words(published.rule),
        decimals=published.rule["share_decimals"],
        definitions=[_definition(published, table) for table in published.tables],
        codes=_codes(published.program),
        residents=_residents(published.program),
        accepted=[{key: _(said) for key, said in one.items()} for one in published.accepted],
        rates=(rates.method() if rates.table_of(published) else []),
    )


def body(published: Published) -> str:
    """The page on methods, in the language spoken."""
    return render("methods.html", page=view(published))


def _definition(published: Published, table: str) -> Definition:
    # In another language each link would say each time that it leads to English.
    href = "" if language.now().folder else f"data.html#{table}"
    said = published.definition(table)
    return Definition(
        href, published.title(table), said.get("counts", ""), said.get("denominator", "")
    )


def _codes(program: dict) -> Table | None:
    """The dispatch codes that mean a mental-health call, and the model each is eligible for."""
    codes = program.get("dispatch_codes") or {}
    if not codes:
        return None
    labels = {code: model["label"] for code, model in program["models"].items()}
    rows = [
        [code, one["label"], labels.get(one.get("eligible")) or _("No pilot")]
        for code, one in codes.items()
    ]
    return Table(_("Dispatch codes"), [_("Code"), _("Meaning"), _("Model")], rows)


def _residents(program: dict) -> dict[str, object]:
    if not program.get("residents_source"):
        return {}
    return {"year": program["residents_year"], "source": program["residents_source"]}
