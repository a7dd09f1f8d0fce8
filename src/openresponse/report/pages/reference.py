"""Data, methods, privacy and about: drawn from the same constants and program file as the code."""

from html import escape
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _, pgettext
from openresponse.release.formats import csvw
from openresponse.release.formats.derived import ARCHIVE, WORKBOOK
from openresponse.release.formats.rule_in_words import rule_in_words
from openresponse.release.history import register
from openresponse.release.store.published import Published
from openresponse.release.store.write import MANIFEST
from openresponse.release.tables.incidents import KIND
from openresponse.release.tables.loss import loss
from openresponse.report.feeds import dcat
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import FACTS, plain, within
from openresponse.report.html import parts, preview
from openresponse.report.prose import rates, signals, words

GRAINS = {
    "month": "one month",
    "quarter": "one quarter",
    "year": "one calendar year",
    "all": "all years together",
    "as_it_stands": "as it stood at the release",
}
LIMITS = (
    N_(
        "They count 911 calls and responses, not people's lives. A call that ends well on the day"
        " can be followed by another."
    ),
    N_(
        "They show what was recorded. What was not recorded is shown as such beside each figure and"
        " never left out quietly."
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
SIGNAL = N_(
    "Any figure goes up and down by chance. We call a change a signal only when one of these holds:"
)

ADDRESSES = (
    ("data.json", "A catalog for data portals (DCAT-US 3)", "With each release"),
    (
        "data/index.json",
        "Every release, table and file, with sizes and hashes",
        "With each release",
    ),
    (
        "data/latest/&lt;table&gt;.csv, .parquet",
        "A table as it is in the newest release",
        "With each release",
    ),
    (
        "data/latest/tables.xlsx, release.zip",
        "All tables of the newest release",
        "With each release",
    ),
    (
        "data/&lt;release&gt;/&lt;table&gt;.csv",
        "A table as it was in that release, such as 2026-10",
        "Never",
    ),
    (
        "data/releases.csv, data/corrections.csv",
        "What became of every release; every revision and retraction with its reason",
        "With each of them",
    ),
    ("releases.xml", "A feed (Atom) of releases and corrections", "With each release"),
    ("calendar.ics", "The days of publication (iCalendar)", "When days are announced"),
)
INDEX = {
    "latest": "The name of the newest release.",
    "tables": (
        "For each table its <code>name</code>, <code>title</code>, the address of its"
        " <code>latest</code> file (null where the newest release no longer has it), and under"
        " <code>releases</code> its address in each release."
    ),
    "releases": (
        "For each release, oldest first, its name, the day it was <code>published</code>, its"
        " <code>state</code> (<code>current</code>, <code>superseded</code> or"
        " <code>retracted</code>), <code>superseded_by</code>, <code>revision</code> and"
        " <code>retraction</code> with reason and who decided, <code>early</code> where it came"
        " before its announced day, and its <code>files</code>, each with <code>name</code>,"
        " <code>address</code>, <code>mediatype</code>, <code>bytes</code> and <code>sha256</code>."
    ),
    "license": "Under which licence the files may be used.",
}
ZEROS = {"public": N_("Shown"), "hidden": N_("Withheld like a small count")}


def data(published: Published, address: str = "") -> str:
    """Every table: what a row is, the file, the columns. address: where the site will stand."""
    tables = list(published.tables)
    release = published.name
    cited = (
        f"<p>{escape(citation(published))}</p><p>For one table with its title and its lasting"
        f" address, such as:</p><p>{escape(citation(published, tables[0], address))}</p>"
    )
    stable = (
        "<p>The newest files stand at <code>data/latest/</code>; those of this release stay at"
        f' <code>data/{release}/</code>. <a href="corrections.html#releases">Earlier releases, and'
        " which of them were replaced or withdrawn</a></p>"
    )
    html = dcat.json_ld(published, address)
    html += parts.contents(
        [
            ("all", "Everything at once"),
            ("cite", "How to cite"),
            ("load", "How to load"),
            ("programs", "For programs"),
            ("statuses", "Empty cells"),
            ("tables", "Tables"),
        ]
    )
    html += parts.section("Everything at once", _whole(published), "all")
    html += parts.section("How to cite", cited + stable, "cite")
    html += parts.section("How to load", _examples(tables[0], address), "load")
    html += parts.section("For programs", _addresses(address), "programs")
    rows = [
        [f"<code>{c}</code>" if c else "empty", escape(label)]
        for c, label in published.statuses.items()
    ]
    html += parts.section(
        "Empty cells",
        datatable.html("Values of the columns that end in _status", ["Code", "Meaning"], rows),
        "statuses",
        "Each column of values has a sibling that says why a value is as it is. A zero is printed"
        " as 0. A withheld value is empty, never zero. What was not recorded is counted apart: what"
        " each table says under “Not recorded” tells where.",
    )
    listing = [
        [
            f'<a href="#{t}">{escape(published.title(t))}</a>',
            _row(published, t),
            words.count(len(published.tables[t])),
            " ".join(
                _link(published, file, dcat.FORMATS[Path(file).suffix], published.title(t))
                for file in dcat.files(published, t)
            ),
        ]
        for t in tables
    ]
    html += parts.section(
        "Tables",
        datatable.html(
            "All tables of this release", ["Table", "One row is", "Rows", "Files"], listing, {2}
        ),
        "tables",
    )
    return html + "".join(_dictionary(published, t) for t in tables)


def _whole(published: Published) -> str:
    """The files that hold or describe all tables."""
    listed = [
        (
            WORKBOOK,
            (
                "Every table on a sheet of its own, with notes and the meaning of all codes (Excel,"
                " LibreOffice)"
            ),
        ),
        (ARCHIVE, "Every file of the release (ZIP)"),
        (dcat.DICTIONARY, "Columns, types and codes (Frictionless Data Package)"),
        (csvw.FILE, "The same for CSV on the Web"),
        (MANIFEST, "The hash of every file"),
    ]
    rows = [
        [_link(published, name, name), what, _size(published, name)]
        for name, what in listed
        if (published.folder / name).is_file()
    ]
    return datatable.html(
        "Files that hold or describe all tables", ["File", "What it holds", "Size"], rows, {2}
    )


def _link(published: Published, file: str, text: str, of: str = "") -> str:
    """A file to download. Saved, those of all tables are called after their release."""
    name = (
        f"open-response-{published.name}{Path(file).suffix}" if file in (WORKBOOK, ARCHIVE) else ""
    )
    saved, said = (
        f'="{name}"' if name else "",
        f'<span class="hidden">: {escape(of)}</span>' if of else "",
    )
    return f'<a href="data/latest/{file}" download{saved}>{text}{said}</a>'


def _examples(table: str, address: str) -> str:
    """Code to copy; all of it reads the addresses that stay."""
    newest = f"{address}data/latest/{table}.csv"
    typed = f"{address}data/latest/{table}.parquet"
    python = (
        f'import pandas as pd\n\n{table} = pd.read_csv("{newest}")\n{table} ='
        f' pd.read_parquet("{typed}")  # or this: counts stay whole numbers where some are withheld'
    )
    every = (
        f'import pandas as pd\n\nindex = pd.read_json("{address}data/index.json",'
        ' typ="series")\ntables = {table["name"]: pd.read_csv(table["latest"]) for table in'
        ' index["tables"] if table["latest"]}'
    )
    examples = (
        ("In Python:", python),
        ("All tables at once:", every),
        (
            "In R:",
            (
                f'{table} <- read.csv("{newest}", na.strings = "")\n{table} <-'
                f' arrow::read_parquet("{typed}")  # or this'
            ),
        ),
        ("In Google Sheets, in an empty cell:", f'=IMPORTDATA("{newest}")'),
        (
            (
                "In Excel, choose Data, then From Web; in LibreOffice Calc, choose Sheet, then"
                " External Links. Then paste:"
            ),
            newest,
        ),
    )
    return "".join(
        f'<p>{said}</p><pre tabindex="0"><code>{escape(code)}</code></pre>'
        for said, code in examples
    )


def _addresses(address: str) -> str:
    below = f"<p>All addresses stand below <code>{escape(address)}</code>.</p>" if address else ""
    rows = [[f"<code>{path}</code>", what, changes] for path, what, changes in ADDRESSES]
    index = "".join(f"<dt><code>{key}</code></dt><dd>{said}</dd>" for key, said in INDEX.items())
    return (
        below
        + datatable.html(
            "Addresses that stay", ["Address", "What is there", "When it changes"], rows
        )
        + f'<p><a href="data/index.json">index.json</a> holds:</p><dl class="glossary">{index}</dl>'
        "<p>Keys and columns may be added. None is renamed or taken away without a new address.</p>"
    )


def citation(published: Published, table: str = "", address: str = "") -> str:
    """What to write under a figure: publisher, day, title and release; for one table also its title
    and the address that stays.
    """
    mark = " Fictional data." if published.fictional else ""
    said = (
        f"{published.program['city']} ({words.day(published.package['created'][:10])}):"
        f" {published.program['name']}, release {published.name}.{mark}"
    )
    return (
        f"{said} Table “{published.title(table)}”, {address}data/{published.name}/{table}.csv"
        if table
        else said
    )


def _row(published: Published, table: str) -> str:
    resource = published.resources[table]["openresponse"]
    if resource["kind"] == "list":
        return "one entry, as it stood at the release"
    if resource["kind"] == KIND:
        return "one incident"
    by = [*resource["dimensions"], *filter(None, [resource.get("category")])] or list(
        resource["trees"]
    )  # money has hierarchies alone
    return escape(
        ", ".join(
            [
                GRAINS.get(resource["period_grain"], "one period"),
                *(name.replace("_", " ") for name in by),
            ]
        )
    )


def _dictionary(published: Published, table: str) -> str:
    periods = published.periods(table)
    span = f" Periods: {words.span(periods[0], periods[-1])}." if periods else ""
    span += (
        " Last changed in the release"
        f" {register.unchanged_since(published.folder.parent, published.name, f'{table}.csv')}."
    )
    told = {name: published.definition(table).get(key) for key, name in FACTS.items()}
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{plain(said)}</dd></div>" for name, said in told.items() if said
    )
    if known := published.manifest.get("files", {}).get(f"{table}.csv"):
        facts += f"<div><dt>SHA-256</dt><dd><code>{escape(known)}</code></dd></div>"
    rows = [
        [f"<code>{escape(f['name'])}</code>", escape(f["type"]), plain(_means(f))]
        for f in published.resources[table]["schema"]["fields"]
        if not f["name"].endswith("_status")
    ]  # one sentence tells what all of these hold
    columns = datatable.html(f"Columns of {table}.csv", ["Column", "Type", "Meaning"], rows)
    marked = (
        "<p>Each column of values is followed by its <code>_status</code>: <a"
        ' href="#statuses">codes</a>.</p>'
        if any("_status" in name for name in published.tables[table])
        else ""
    )
    files = "".join(
        _link(published, file, f"{file} ({_size(published, file)})")
        for file in dcat.files(published, table)
    )
    return (
        f'<section class="dictionary" id="{table}"><h3>{escape(published.title(table))}</h3><p>One'
        f' row is {_row(published, table)}.{escape(span)}</p><p class="files">{files}</p><dl'
        f' class="facts">{facts}</dl>{preview.html(published, table)}<details><summary>Columns<span'
        f' class="hidden"> of {table}</span></summary>{columns}{marked}</details></section>'
    )


def _size(published: Published, file: str) -> str:
    return f"{max(1, round((published.folder / file).stat().st_size / 1000)):,} kB"


def _means(field: dict) -> str:
    text = field.get("description") or field.get("title", "")
    codes = field.get("categories", [])
    return text + (
        ". Codes: " + "; ".join(f"{c['value']} = {c['label']}" for c in codes)
        if codes and not field["name"].endswith("_status")
        else ""
    )


def methods(published: Published) -> str:
    root, rule = language.now().root, published.rule
    html = parts.section(
        _("What the figures do not say"), parts.sentences([_(limit) for limit in LIMITS]), "limits"
    )
    rules = parts.sentences([_(rule, shift=signals.SHIFT) for rule in signals.RULES])
    limits = _(
        "The limits lie {limit} times the average move from one value to the next above and below"
        " the mean, as public health services set them (NHS England, Making Data Count). With fewer"
        " than {fewest} values no signal is looked for.",
        limit=signals.LIMIT,
        fewest=signals.FEWEST,
    )
    ranks = _(
        "A place is said to come first only where its 95% interval (Wilson) lies above that of"
        " every other place."
    )
    html += parts.section(
        _("Signal or normal variation"),
        f"<p>{escape(_(SIGNAL))}</p>{rules}<p>{escape(limits)}</p><p>{escape(ranks)}</p>",
        "signals",
    )
    withheld = _(
        "{hides}. Shares have {decimals} decimals. The rule, its source and what it costs stand on"
        ' the <a href="{root}privacy.html">privacy page</a>.',
        hides=plain(rule_in_words(rule)),
        decimals=rule["share_decimals"],
        root=root,
    )
    html += parts.section(_("What is withheld"), f"<p>{withheld}</p>", "withheld")
    # Elsewhere than in the source a link at each would say each time that it leads to another
    # language.
    link = "{title}" if language.now().folder else '<a href="data.html#{table}">{title}</a>'
    counts = "".join(
        f"<dt>{link.format(table=t, title=escape(published.title(t)))}</dt><dd>"
        + _(
            "{counts} Share of: {denominator}",
            counts=plain(published.definition(t).get("counts", "")),
            denominator=within(published.definition(t).get("denominator", "")),
        )
        + "</dd>"
        for t in published.tables
    )
    if counts:
        html += parts.section(
            _("What each table counts"), f'<dl class="glossary">{counts}</dl>', "tables"
        )
    codes = published.program.get("dispatch_codes") or {}
    if codes:
        labels = {code: m["label"] for code, m in published.program["models"].items()}
        rows = [
            [
                escape(code),
                escape(d["label"]),
                escape(labels.get(d.get("eligible")) or _("No pilot")),
            ]
            for code, d in codes.items()
        ]
        html += parts.section(
            _("Which calls are mental-health calls"),
            datatable.html(_("Dispatch codes"), [_("Code"), _("Meaning"), _("Model")], rows),
            "codes",
        )
    if published.program.get("residents_source"):
        residents = _(
            "Rates use residents of {year}. Source: {source}.",
            year=published.program["residents_year"],
            source=published.program["residents_source"],
        )
        html += parts.section(_("Residents"), f"<p>{escape(residents)}</p>", "residents")
    if rates.table_of(published):
        html += parts.section(
            _("Rates of neighborhoods"),
            parts.sentences([_(text, **rates.TOLD) for text in rates.METHOD]),
            "rates",
        )
    return html


def privacy(published: Published) -> str:
    rule, root = published.rule, language.now().root
    html = parts.section(
        _("The promise"),
        _paragraph(
            _(
                "From everything we have ever published, nobody can prove that a withheld number is"
                " small."
            )
        ),
        "promise",
    )
    facts = (
        (_("Rule"), escape(str(rule["preset"]))),
        (_("Withheld"), plain(rule_in_words(rule))),
        (_("Smallest count shown"), rule["threshold"]),
        (_("Zero"), escape(_(ZEROS.get(rule["zeros"], str(rule["zeros"]))))),
        (_("Source"), escape(str(rule["source"]))),
    )
    html += parts.section(
        _("The rule"),
        '<dl class="facts">'
        + "".join(f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in facts)
        + "</dl>",
        "rule",
    )
    rows = [
        [
            escape(published.title(r.table)),
            words.count(r.cells - r.withheld),
            words.count(r.withheld),
            escape(
                _(
                    "{share} ({n} of {of})",
                    share=words.percent(r.inside / r.counted),
                    n=words.count(r.inside),
                    of=words.count(r.counted),
                )
                if r.counted
                else _("nothing counted")
            ),
        ]
        for r in loss(published).itertuples()
    ]
    columns = [
        _("Table"),
        pgettext("figures", "Shown"),
        pgettext("figures", "Withheld"),
        _("Share of what is counted that is shown in full detail"),
    ]
    if rows:
        html += parts.section(
            _("How much is withheld"),
            datatable.html(_("Figures shown and withheld in each table"), columns, rows, {1, 2, 3}),
            "how-much",
            _(
                "A figure is withheld when it is small, or when a small one could be worked out"
                " from it. Both carry the same mark. How many there are of each kind in a table is"
                " told to the privacy officer only: where all withheld figures are small, saying so"
                " would prove it."
            ),
        )
    html += parts.section(
        _("What we assume an attacker knows"),
        parts.sentences(rule["attacker"]),
        "attacker",
        _(
            "Before each release a program that shares nothing with the one that chose what to"
            " withhold tries to break all releases together. If it proves one withheld figure to be"
            " small, nothing is published."
        ),
    )
    html += _single_records(published, root)
    html += parts.section(
        _("What never leaves the confidential side"),
        _paragraph(
            _(
                "Names, addresses, phone numbers, dates of birth, free text, incident, unit,"
                " officer and clinician numbers, exact times. Person numbers are compared in memory"
                " to count repeat contacts and are kept nowhere."
            )
        ),
        "never",
    )
    return html + parts.section(
        _("What this does not protect against"),
        _paragraph(
            _(
                "Guesses about how likely a value is inside its range, what somebody knows about a"
                " person from elsewhere, and conclusions from how the program chooses what to"
                " withhold (made harder by a secret number that breaks its ties). Whether this"
                " meets a legal standard is for an expert to determine; these pages give that"
                " expert the evidence."
            )
        ),
        "limits",
    )


def _single_records(published: Published, root: str) -> str:
    """What the file with a row an incident tells, or why there is none."""
    titles = [
        f'<a href="{root}data.html#{t}">{escape(published.title(t))}</a>'
        for t in published.tables
        if published.kind(t) == KIND
    ]
    html = "".join(
        _paragraph(_("{title} is not published. {reason}", title=title, reason=reason))
        for title, reason in published.left_out.items()
    )
    if titles:
        told = _(
            "{tables} is computed from the tables on the data page and from nothing else, so it"
            " tells nothing that they do not, and whoever has them can make it again. A program"
            " does so before each release and refuses any other row. What a table withholds reads"
            " “not told” in the rows concerned.",
            tables=", ".join(titles),
        )
        html += f"<p>{told}</p>" + _paragraph(
            _(
                "At least {threshold} rows are alike in all columns. Whatever is known of a person"
                " who was met, the rows that agree with it have at least two results. For a call"
                " that a team was sent to, the file does not tell where and when it was; for the"
                " others it does not tell who came. It tells the quarter of none. Together these"
                " would make groups of a few people. Tables by quarter and by district tell them"
                " one at a time.",
                threshold=published.rule["threshold"],
            )
        )
    return parts.section(_("The file of single incidents"), html, "records") if html else ""


def about(published: Published) -> str:
    program, root = published.program, language.now().root
    who = _paragraph(
        _("{city}. Contact: {contact}.", city=program["city"], contact=program["contact"])
    )
    if published.fictional:
        who = (
            _paragraph(
                _(
                    "This site is a demonstration with fictional data. The city named here has"
                    " published nothing of it, and no figure tells of its calls. On a city's own"
                    " site this part says who answers for the figures:"
                )
            )
            + who
        )
    html = parts.section(
        _("Who publishes this"),
        who + (_paragraph(program["note"]) if program.get("note") else ""),
        "who",
    )
    days = (program.get("calendar") or {}).get("settle_days")
    if days is not None:
        told = _(
            "Each month's figures are published {days} days after the month ends, or later, on a"
            ' day announced in the <a href="{root}calendar.html">calendar</a>. A release is never'
            " rewritten: a correction is a new revision with its reason.",
            days=days,
            root=root,
        )
        html += parts.section(_("When figures are published"), f"<p>{told}</p>", "calendar")
    budget = program.get("budget")
    if budget:
        told = _(
            "{amount} for fiscal year {year}. Source: {source}.",
            amount=words.dollars(budget["amount"]),
            year=budget["fiscal_year"],
            source=budget["source"],
        )
        html += parts.section(_("The money"), _paragraph(told), "money")
    if not published.resources:
        return html
    made = _(
        "Every page, picture and sentence here is computed from the public files on the <a"
        ' href="{root}data.html">data page</a>. Whoever has those files can make the same site'
        " again.",
        root=root,
    )
    return html + parts.section(_("How it is made"), f"<p>{made}</p>", "made")


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
