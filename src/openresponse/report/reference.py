"""Data, methods, privacy and about: drawn from the same constants and program file as the code."""

from html import escape
from pathlib import Path

from openresponse.release import csvw, history
from openresponse.release.formats import ARCHIVE, WORKBOOK
from openresponse.release.incidents import KIND
from openresponse.release.loss import loss
from openresponse.release.published import Published
from openresponse.release.write import MANIFEST
from openresponse.report import catalog, datatable, parts, rates, signals, words
from openresponse.report.figure import FACTS, plain

GRAINS = {"month": "one month", "quarter": "one quarter", "year": "one calendar year", "all": "all years together", "as_it_stands": "as it stood at the release"}
LIMITS = (
    "They count 911 calls and responses, not people's lives. A call that ends well on the day can be followed by another.",
    "They show what was recorded. What was not recorded is shown as such beside each figure and never left out quietly.",
    "They do not show that a model caused a result: calls sent to a model differ from calls that are not.",
    "A month's figure moves by chance. A change is called a signal only by the rules on the methods page.",
    "A withheld figure is not zero.",
)


ADDRESSES = (
    ("data.json", "A catalog for data portals (DCAT-US 3)", "With each release"),
    ("data/index.json", "Every release, table and file, with sizes and hashes", "With each release"),
    ("data/latest/&lt;table&gt;.csv, .parquet", "A table as it is in the newest release", "With each release"),
    ("data/latest/tables.xlsx, release.zip", "All tables of the newest release", "With each release"),
    ("data/&lt;release&gt;/&lt;table&gt;.csv", "A table as it was in that release, such as 2026-10", "Never"),
    ("data/releases.csv, data/corrections.csv", "What became of every release; every revision and retraction with its reason", "With each of them"),
    ("releases.xml", "A feed (Atom) of releases and corrections", "With each release"),
    ("calendar.ics", "The days of publication (iCalendar)", "When days are announced"),
)
INDEX = {
    "latest": "The name of the newest release.",
    "tables": "For each table its <code>name</code>, <code>title</code>, the address of its <code>latest</code> file (null where the newest release "
              "no longer has it), and under <code>releases</code> its address in each release.",
    "releases": "For each release, oldest first, its name, the day it was <code>published</code>, its <code>state</code> (<code>current</code>, "
                "<code>superseded</code> or <code>retracted</code>), <code>superseded_by</code>, <code>revision</code> and <code>retraction</code> with reason and "
                "who decided, <code>early</code> where it came before its announced day, and its <code>files</code>, each with <code>name</code>, "
                "<code>address</code>, <code>mediatype</code>, <code>bytes</code> and <code>sha256</code>.",
    "license": "Under which licence the files may be used.",
}
ZEROS = {"public": "Shown", "hidden": "Withheld like a small count"}


def data(published: Published, address: str = "") -> str:
    """Every table: what a row is, the file, the columns. address: where the site will stand."""
    tables = list(published.tables)
    release = published.name
    stable = (f"<p>For one table add its title and its lasting address, such as <code>{escape(address)}data/{release}/{tables[0]}.csv</code>. The newest files stand at "
              f"<code>data/latest/</code>; those of this release stay at <code>data/{release}/</code>. "
              '<a href="corrections.html#releases">Earlier releases, and which of them were replaced or withdrawn</a></p>')
    html = catalog.json_ld(published, address)
    html += parts.contents([("all", "Everything at once"), ("cite", "How to cite"), ("load", "How to load"), ("programs", "For programs"), ("statuses", "Empty cells"), ("tables", "Tables")])
    html += parts.section("Everything at once", _whole(published), "all")
    html += parts.section("How to cite", f"<p>{escape(citation(published))}</p>{stable}", "cite")
    html += parts.section("How to load", _examples(tables[0], address), "load")
    html += parts.section("For programs", _addresses(address), "programs")
    rows = [[f"<code>{c}</code>" if c else "empty", escape(label)] for c, label in published.statuses.items()]
    html += parts.section("Empty cells", datatable.html("Values of the columns that end in _status", ["Code", "Meaning"], rows), "statuses",
                          "Each column of values has a sibling that says why a value is as it is. A withheld value is empty, never zero.")
    listing = [[f'<a href="#{t}">{escape(published.title(t))}</a>', _row(published, t), words.count(len(published.tables[t])),
                " ".join(_link(published, file, catalog.FORMATS[Path(file).suffix], published.title(t)) for file in catalog.files(published, t))] for t in tables]
    html += parts.section("Tables", datatable.html("All tables of this release", ["Table", "One row is", "Rows", "Files"], listing, {2}), "tables")
    return html + "".join(_dictionary(published, t) for t in tables)


def _whole(published: Published) -> str:
    """The files that hold or describe all tables."""
    listed = [(WORKBOOK, "Every table on a sheet of its own, with notes and the meaning of all codes (Excel, LibreOffice)"),
              (ARCHIVE, "Every file of the release (ZIP)"), (catalog.DICTIONARY, "Columns, types and codes (Frictionless Data Package)"),
              (csvw.FILE, "The same for CSV on the Web"), (MANIFEST, "The hash of every file")]
    rows = [[_link(published, name, name), what, _size(published, name)] for name, what in listed if (published.folder / name).is_file()]
    return datatable.html("Files that hold or describe all tables", ["File", "What it holds", "Size"], rows, {2})


def _link(published: Published, file: str, text: str, of: str = "") -> str:
    """A file to download. Saved, those of all tables are called after their release."""
    name = f"open-response-{published.name}{Path(file).suffix}" if file in (WORKBOOK, ARCHIVE) else ""
    saved, said = f'="{name}"' if name else "", f'<span class="hidden">: {escape(of)}</span>' if of else ""
    return f'<a href="data/latest/{file}" download{saved}>{text}{said}</a>'


def _examples(table: str, address: str) -> str:
    """Code to copy; all of it reads the addresses that stay."""
    newest = f"{address}data/latest/{table}.csv"
    typed = f"{address}data/latest/{table}.parquet"
    python = (f'import pandas as pd\n\n{table} = pd.read_csv("{newest}")\n'
              f'{table} = pd.read_parquet("{typed}")  # or this: counts stay whole numbers where some are withheld')
    every = (f'import pandas as pd\n\nindex = pd.read_json("{address}data/index.json", typ="series")\n'
             'tables = {table["name"]: pd.read_csv(table["latest"]) for table in index["tables"] if table["latest"]}')
    examples = (("In Python:", python), ("All tables at once:", every),
                ("In R:", f'{table} <- read.csv("{newest}", na.strings = "")\n{table} <- arrow::read_parquet("{typed}")  # or this'),
                ("In Google Sheets, in an empty cell:", f'=IMPORTDATA("{newest}")'),
                ("In Excel, choose Data, then From Web; in LibreOffice Calc, choose Sheet, then External Links. Then paste:", newest))
    return "".join(f'<p>{said}</p><pre tabindex="0"><code>{escape(code)}</code></pre>' for said, code in examples)


def _addresses(address: str) -> str:
    below = f"<p>All addresses stand below <code>{escape(address)}</code>.</p>" if address else ""
    rows = [[f"<code>{path}</code>", what, changes] for path, what, changes in ADDRESSES]
    index = "".join(f"<dt><code>{key}</code></dt><dd>{said}</dd>" for key, said in INDEX.items())
    return (below + datatable.html("Addresses that stay", ["Address", "What is there", "When it changes"], rows)
            + f'<p><a href="data/index.json">index.json</a> holds:</p><dl class="glossary">{index}</dl>'
            "<p>Keys and columns may be added. None is renamed or taken away without a new address.</p>")


def citation(published: Published) -> str:
    mark = " Fictional data." if published.fictional else ""
    return f"{published.program['city']}: {published.program['name']}, release {published.name}.{mark}"


def _row(published: Published, table: str) -> str:
    resource = published.resources[table]["openresponse"]
    if resource["kind"] == "list":
        return "one entry, as it stood at the release"
    if resource["kind"] == KIND:
        return "one incident"
    by = [d.replace("_", " ") for d in resource["dimensions"]]
    by += [resource["category"].replace("_", " ")] if resource.get("category") else []
    return escape(", ".join([GRAINS.get(resource["period_grain"], "one period"), *by]))


def _dictionary(published: Published, table: str) -> str:
    periods = published.periods(table)
    span = f" Periods: {words.span(periods[0], periods[-1])}." if periods else ""
    span += f" Last changed in the release {history.unchanged_since(published.folder.parent, published.name, f'{table}.csv')}."
    told = {name: published.definition(table).get(key) for key, name in FACTS.items()}
    facts = "".join(f"<div><dt>{name}</dt><dd>{plain(said)}</dd></div>" for name, said in told.items() if said)
    if known := published.manifest.get("files", {}).get(f"{table}.csv"):
        facts += f"<div><dt>SHA-256</dt><dd><code>{escape(known)}</code></dd></div>"
    rows = [[f"<code>{escape(f['name'])}</code>", escape(f["type"]), plain(_means(f))] for f in published.resources[table]["schema"]["fields"]
            if not f["name"].endswith("_status")]  # one sentence tells what all of these hold
    columns = datatable.html(f"Columns of {table}.csv", ["Column", "Type", "Meaning"], rows)
    marked = '<p>Each column of values is followed by its <code>_status</code>: <a href="#statuses">codes</a>.</p>' if any("_status" in name for name in published.tables[table]) else ""
    files = "".join(_link(published, file, f"{file} ({_size(published, file)})") for file in catalog.files(published, table))
    return (f'<section class="dictionary" id="{table}"><h3>{escape(published.title(table))}</h3>'
            f'<p>One row is {_row(published, table)}.{escape(span)}</p><p class="files">{files}</p><dl class="facts">{facts}</dl>'
            f'<details><summary>Columns<span class="hidden"> of {table}</span></summary>{columns}{marked}</details></section>')


def _size(published: Published, file: str) -> str:
    return f"{max(1, round((published.folder / file).stat().st_size / 1000)):,} kB"


def _means(field: dict) -> str:
    text = field.get("description") or field.get("title", "")
    codes = field.get("categories", [])
    return text + (". Codes: " + "; ".join(f"{c['value']} = {c['label']}" for c in codes) if codes and not field["name"].endswith("_status") else "")


def methods(published: Published) -> str:
    html = parts.section("What the figures do not say", parts.sentences(list(LIMITS)), "limits")
    rules = parts.sentences([f"{rule[:1].upper()}{rule[1:]}." for rule in signals.RULES])
    html += parts.section("Signal or normal variation", "<p>Any figure goes up and down by chance. We call a change a signal only when one of these holds:</p>" + rules
                          + f"<p>The limits lie {signals.LIMIT} average moves from the mean, as public health services use them (NHS England, Making Data Count). "
                          f"With fewer than {signals.FEWEST} values no signal is looked for.</p>", "signals")
    html += parts.section("What is withheld", f'<p>{escape(str(published.rule["hides"]))[:1].upper()}{plain(str(published.rule["hides"]))[1:]}. Shares have '
                          f'{published.rule["share_decimals"]} decimals. The rule, its source and what it costs stand on the <a href="privacy.html">privacy page</a>.</p>', "withheld")
    counts = "".join(f'<dt><a href="data.html#{t}">{escape(published.title(t))}</a></dt><dd>{plain(published.definition(t).get("counts", ""))} '
                     f"Share of: {plain(published.definition(t).get('denominator', ''))}</dd>" for t in published.tables)
    html += parts.section("What each table counts", f'<dl class="glossary">{counts}</dl>', "tables")
    codes = published.program.get("dispatch_codes") or {}
    if codes:
        labels = {code: m["label"] for code, m in published.program["models"].items()}
        rows = [[escape(code), escape(d["label"]), escape(labels.get(d.get("eligible"), "No pilot"))] for code, d in codes.items()]
        html += parts.section("Which calls are mental-health calls", datatable.html("Dispatch codes", ["Code", "Meaning", "Model"], rows), "codes")
    if published.program.get("residents_source"):
        html += parts.section("Residents", f"<p>Rates use residents of {published.program['residents_year']}. Source: {escape(published.program['residents_source'])}.</p>", "residents")
    if rates.table_of(published):
        html += parts.section("Rates of neighborhoods", parts.sentences(list(rates.METHOD)), "rates")
    return html


def privacy(published: Published) -> str:
    rule = published.rule
    html = parts.section("The promise", "<p>From everything we have ever published, nobody can prove that a withheld number is small.</p>", "promise")
    html += parts.section("The rule", f'<dl class="facts"><div><dt>Rule</dt><dd>{escape(str(rule["preset"]))}</dd></div><div><dt>Withheld</dt><dd>{plain(str(rule["hides"]))}</dd></div>'
                          f"<div><dt>Smallest count shown</dt><dd>{rule['threshold']}</dd></div><div><dt>Zero</dt><dd>{escape(ZEROS.get(rule['zeros'], str(rule['zeros'])))}</dd></div>"
                          f"<div><dt>Source</dt><dd>{escape(str(rule['source']))}</dd></div></dl>", "rule")
    lost = loss(published)
    rows = [[escape(published.title(r.table)), words.count(r.cells - r.withheld), words.count(r.withheld),
             f"{words.percent(r.inside / r.counted)} ({words.count(r.inside)} of {words.count(r.counted)})" if r.counted else "nothing counted"]
            for r in lost.itertuples()]
    html += parts.section("How much is withheld", datatable.html("Figures shown and withheld in each table",
                          ["Table", "Shown", "Withheld", "Share of what is counted that lies in shown finest cells"], rows, {1, 2, 3}), "how-much",
                          "A figure is withheld when it is small, or when a small one could be worked out from it. Both carry the same mark. How many there are "
                          "of each kind in a table is told to the privacy officer only: where all withheld figures are small, saying so would prove it.")
    html += parts.section("What we assume an attacker knows", parts.sentences(rule["attacker"]), "attacker",
                          "Before each release a program that shares nothing with the one that chose what to withhold tries to break all releases together. "
                          "If it proves one withheld figure to be small, nothing is published.")
    html += _single_records(published)
    html += parts.section("What never leaves the confidential side", "<p>Names, addresses, phone numbers, dates of birth, free text, incident, unit, officer and clinician numbers, exact times. "
                          "Person numbers are compared in memory to count repeat contacts and are kept nowhere.</p>", "never")
    html += parts.section("What this does not protect against", "<p>Guesses about how likely a value is inside its range, what somebody knows about a person from elsewhere, and conclusions from how "
                          "the program chooses what to withhold (made harder by a secret number that breaks its ties). "
                          "Whether this meets a legal standard is for an expert to determine; these pages give that expert the evidence.</p>", "limits")
    return html


def _single_records(published: Published) -> str:
    """What the file with a row an incident tells, or why there is none."""
    titles = [f'<a href="data.html#{t}">{escape(published.title(t))}</a>' for t in published.tables if published.kind(t) == KIND]
    html = "".join(f"<p>{escape(title)} is not published. {escape(reason)}</p>" for title, reason in published.left_out.items())
    if titles:
        html += (f"<p>{', '.join(titles)} is computed from the tables on the data page and from nothing else, so it tells nothing that they "
                 "do not, and whoever has them can make it again. A program does so before each release and refuses any other row. What a "
                 "table withholds reads “not told” in the rows concerned.</p>"
                 f"<p>At least {published.rule['threshold']} rows are alike in all columns. Whatever is known of a person who was met, the rows that "
                 "agree with it have at least two results. For a call that a team was sent to the file does not tell where and when it was, and "
                 "for the others not who came; nor does it tell the quarter. Together these would make groups of a few people. Tables by "
                 "quarter and by district tell them one at a time.</p>")
    return parts.section("The file of single incidents", html, "records") if html else ""


def about(published: Published) -> str:
    program = published.program
    html = parts.section("Who publishes this", f"<p>{escape(program['city'])}. Contact: {escape(program['contact'])}.</p>" + (f"<p>{escape(program['note'])}</p>" if program.get("note") else ""), "who")
    days = (program.get("calendar") or {}).get("settle_days")
    if days is not None:
        html += parts.section("When figures are published", f"<p>Each month's figures are published {days} days after the month ends, or later, on a day announced in the "
                              '<a href="calendar.html">calendar</a>. A release is never rewritten: a correction is a new revision with its reason.</p>', "calendar")
    budget = program.get("budget")
    if budget:
        html += parts.section("The money", f"<p>{words.dollars(budget['amount'])} for fiscal year {budget['fiscal_year']}. Source: {escape(budget['source'])}.</p>", "money")
    return html + parts.section("How it is made", "<p>Every page, picture and sentence here is computed from the public files on the <a href=\"data.html\">data page</a>. "
                                "Whoever has those files can make the same site again.</p>", "made")
