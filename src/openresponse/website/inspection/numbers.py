"""Every number in the prose of a page is a published figure, or follows from such by arithmetic
that the sentence states.

Sentences are read here as a reader reads them, in English and Spanish: a number belongs to the
period that is named with it, a share to the two counts in the brackets after it, and what is said
to be more or less to both periods. All numbers of a paragraph must be true of one and the same
figure, and a figure of a part names the part. Nothing here is shared with the code
that writes the sentences: whoever adds one that tells something in a new way adds here how it is
checked.
"""

import re
from pathlib import Path

from openresponse import language
from openresponse.release.tables.rate_intervals import CONFIDENCE, FEW, PER
from openresponse.website.inspection.blocks import blocks
from openresponse.website.inspection.grammar import (
    SENTENCE,
    Grammar,
    Said,
    compared,
    keys,
    parts,
    plain,
)
from openresponse.website.inspection.page import Finding, Page, shortened
from openresponse.website.inspection.spoken_figures import (
    LAST,
    UNKNOWN,
    UNNAMED,
    Figure,
    Figures,
    percent,
)

TOLD_ON = re.compile(r"(?:index|outcomes|neighborhoods)\.html|(?:models|districts|briefs)/.*\.html")
BRIEF, BRIEFS = re.compile(r"briefs/(\d.*)\.html"), "briefs/index.html"
PACKAGE = "datapackage.json"
REMEDY = (
    "Correct the sentence; one that tells something in a new way needs a rule in"
    " inspection/numbers.py."
)
# Numbers that are no figures: of the method, of names, of moments.
FIXED = re.compile(
    "|".join(
        (
            r"\b911 calls and responses\b",
            r"\bllamadas al 911 y respuestas\b",
            rf"\b{CONFIDENCE:.0%} interval",
            rf"\bintervalo del {CONFIDENCE:.0%}",
            rf"\b(?:fewer than|menos de) {FEW}\b",
            rf"\b(?:per|for each|por cada) {PER:,} resident\w*",
            r"\b90th percentile\b",
            r"\bpercentil 90\b",
            r"\b(?:7|30) (?:days|días)\b",
            r"\b(?:last|últimos) 7 (?:values|valores)\b",
            r"\b(?:fewer than|menos de) 12\b",
            r"\bUp to 3 areas\b",
            r"\bhasta 3 áreas\b",
            r"\bGarwood 1936\b",
            r"\b\d\d:\d\d(?::\d\d)?\b",
            r"\b\d{4}-\d\d(?:-\d\d|-r\d+)?\b",
        )
    ),
    re.I,
)
# What is counted over many figures: its words, with # for a number, and what it is called in
# `_tally`.
TALLIES = (
    (r"# (?:of|de) # (?:figures in the tables|cifras de las tablas)", "withheld"),
    (r"(?:at least|al menos el) # (?:of what it counts|de lo que cuenta)", "least"),
    (r"# (?:of|de) # (?:periods|períodos)", "gaps"),
    (r"(?:There (?:is|are)|Hasta ahora hay) # (?:quarters?|trimestres?)", "quarters"),
    (
        (
            r"Of # neighborhoods, # have a higher rate than that, # a lower one, and # cannot be"
            r" told apart"
        ),
        "sides",
    ),
    (
        (
            r"De # vecindarios, con una tasa más alta que esa: #; con una más baja: #; sin que se"
            r" pueda distinguir de ella: #"
        ),
        "sides",
    ),
    (
        r"(?:the rates of|las tasas de) # (?:of|de) # (?:neighborhoods|vecindarios)",
        "withheld areas",
    ),
    (
        (
            r"(?:every other of the|todos los demás de los) # (?:neighborhoods whose rate is"
            r" shown|vecindarios cuya tasa se muestra)"
        ),
        "areas shown",
    ),
    (
        (
            r"(?:Under half the city's rate: under|Menos de la mitad de la tasa de la ciudad: menos"
            r" de) # \(#\)"
        ),
        "level 1",
    ),
    (
        (
            r"(?:Half to three quarters of the city's rate|De la mitad a tres cuartos de la tasa de"
            r" la ciudad): # (?:to|a) # \(#\)"
        ),
        "level 2",
    ),
    (r"(?:Near the city's rate|Cerca de la tasa de la ciudad): # (?:to|a) # \(#\)", "level 3"),
    (
        (
            r"(?:A third more than the city's rate, up to twice|Un tercio más que la tasa de la"
            r" ciudad, hasta el doble): # (?:to|a) # \(#\)"
        ),
        "level 4",
    ),
    (
        (
            r"(?:Twice the city's rate or more: # and more|El doble de la tasa de la ciudad, o más:"
            r" # o más) \(#\)"
        ),
        "level 5",
    ),
    (
        r"(?:Withheld for privacy, not zero|Retenido por privacidad, no es cero) \(#\)",
        "withheld tiles",
    ),
    (r"(?:Not available|No disponible) \(#\)", "tiles without a rate"),
)
MORE, LESS = re.compile(r"\b(?:more|más)\b"), re.compile(r"\b(?:less|fewer|menos)\b")
UNRECORDED = (
    "not recorded",
    "no se registró",
)  # what sentences say of the group without the characteristic
QUOTED = re.compile("“([^”]+)”")


def findings(folder: Path, pages: list[Page], release: str) -> list[Finding]:
    """Sentences with a number that is not told, by page. release: the one of every page but the
    briefs, which name theirs.
    """
    there = {
        path.parent.name: path.parent for path in sorted((folder / "data").glob(f"*/{PACKAGE}"))
    }
    figures = {name: Figures.load(path) for name, path in there.items() if name != "latest"}
    readers: dict[tuple[str, str], Reader] = {}
    found = []
    for page in pages:
        code = next(
            (one for one in language.available()[1:] if page.name.startswith(f"{one}/")),
            language.SOURCE,
        )
        name = page.name.removeprefix(language.language(code).folder)
        if not TOLD_ON.fullmatch(name):
            continue
        brief = BRIEF.fullmatch(name)
        # The list of briefs tells of every release; of one that was withdrawn no figures are left
        # to tell.
        for one in (
            of := (
                list(figures)
                if name == BRIEFS
                else [one for one in [brief[1] if brief else release] if one in figures]
            )
        ):
            readers[one, code] = readers.get((one, code)) or Reader(figures[one], code)
        for block in blocks(page):
            left = [readers[one, code].untold(block.text, block.context, block.table) for one in of]
            if left and all(left):
                found += [
                    Finding(
                        page.name,
                        f"“{shortened(sentence)}”",
                        f"no published figure gives {number} here.",
                        REMEDY,
                    )
                    for sentence, number in left[-1]
                ]
    return sorted(set(found))


class Reader:
    """Reads sentences in one language beside the figures of one release."""

    def __init__(self, figures: Figures, code: str = language.SOURCE):
        self.figures, self.grammar = figures, Grammar(code)
        with language.speaking(code):
            said = language._
            self.labels = {
                key: {plain(said(label)) for label in labels}
                for key, labels in figures.labels.items()
            }
            texts = {language.unmarked(said(text)) for text in figures.texts} | figures.texts
        names = [text for text in texts if re.search(r"\d", text) and re.search(r"[^\W\d_]", text)]
        self.names = re.compile(
            "|".join(
                rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True)
            )
            or r"(?!)",
            re.I,
        )

    def untold(
        self, text: str, context: tuple[str, ...] = (), table: str | None = None
    ) -> list[tuple[str, str]]:
        """Each sentence of a paragraph with a number that no figure gives, and that number.

        context: the headings above it, the page's own first, and the id of its section. table: the
        one it is about, where that is known.
        """
        above, default = plain(" ".join((*context, text))), self._default(context)
        found, now, share = [], set(), ""
        for sentence in SENTENCE.split(
            FIXED.sub("…", self.grammar.date.sub("…", self.names.sub("…", text)))
        ):
            sentence, wrong = self._tallied(sentence, now, above, table)
            said = self.grammar.said(sentence)
            numbers = [one for one in said if one.kind != "period"]
            if found and not now:  # what it goes on from is found already
                continue
            if pair := compared(said, sentence):
                now, missed = self._compared(
                    now, share, *pair, [one for one in numbers if one is not pair[1]], sentence
                )
                wrong += missed
            elif numbers:
                share = next((one.value for one in numbers if one.kind == "share"), share)
                for part in (several := parts(said, sentence)):
                    now, missed = self._level(
                        now if len(several) == 1 else set(), part, sentence, above, default, table
                    )
                    wrong += missed
            found += [(sentence, number) for number in wrong]
        return found

    def _level(
        self,
        now: set[Figure],
        said: list[Said],
        sentence: str,
        above: str,
        default: str,
        table: str | None,
    ) -> tuple[set[Figure], list[str]]:
        """The figures of which all these numbers are told, and the first number that leaves none. A
        sentence without a period goes on with those before.
        """
        named = [one.value for one in said if one.kind == "period"]
        told = keys(said, sentence)
        left = now if now and not named else None
        if left is None and {key[0] for key, _text in told} == {
            "share"
        }:  # nobody could tell of what it is a share
            return set(), [told[0][1]]
        for key, text in told:
            left = (
                self.figures.at(named[0] if named else default, *key)
                if left is None
                else {f for f in left if key in f.keys}
            )
            left = {
                f
                for f in left
                if self._is_meant(f, above, table)
                and self._is_named(f, told, sentence)
                and _in_order(f, said)
            }
            if not left:
                return set(), [text]
        return left, []

    def _compared(
        self,
        now: set[Figure],
        share: str,
        period: Said,
        before: Said,
        others: list[Said],
        sentence: str,
    ) -> tuple[set[Figure], list[str]]:
        """Those of the figures that had the number `before` in that period, and differ from it by
        what is said, in the direction that is said.
        """

        def holds(figure: Figure) -> bool:
            then = self.figures.through_time[figure.table, figure.slice].get(period.value)
            if then is None:
                return False
            if before.kind == "count":
                pairs = (
                    [(figure.count, then.count)]
                    if figure.count is not None and then.count == before.value
                    else []
                )
                sizes = [[("count", abs(a - b))] for a, b in pairs]
            else:
                pairs = [
                    (figure.shares[of][0], then.shares[of][0])
                    for of in figure.shares.keys() & then.shares.keys()
                    if percent(figure.shares[of][0]) == share
                    and percent(then.shares[of][0]) == before.value
                ]
                sizes = [[("points", percent(abs(round(a - b, 3))))] for a, b in pairs]
            said = [(one.kind, one.value) for one in others]
            return any(
                said == size
                and (a > b or not MORE.search(sentence))
                and (a < b or not LESS.search(sentence))
                for (a, b), size in zip(pairs, sizes, strict=True)
            )

        if left := {figure for figure in now if holds(figure)}:
            return left, []
        return set(), [(others or [before])[0].text]

    def _tallied(
        self, sentence: str, now: set[Figure], above: str, table: str | None
    ) -> tuple[str, list[str]]:
        """The sentence without what it counts over many figures, and those numbers of it that are
        not so.
        """
        wrong = []
        for words, called in TALLIES:
            pattern = words.replace("#", f"({self.grammar.number})")
            for found in re.finditer(pattern, sentence):
                told = tuple(
                    self.grammar.value(number)[1] for number in found.groups() if number
                )  # of two languages one gives none
                if told not in self._tally(called, now, above, table):
                    wrong.append(found[0])
            sentence = re.sub(pattern, "…", sentence)
        return sentence, wrong

    def _tally(self, called: str, now: set[Figure], above: str, table: str | None) -> set[tuple]:
        match called:
            case "withheld":
                return {self.figures.withheld}
            case "least":
                return {(percent(self.figures.least),)} if self.figures.least is not None else set()
            case "gaps":
                shown = now or {
                    f
                    for through in self.figures.through_time.values()
                    for f in through.values()
                    if self._is_meant(f, above, table)
                }
                return set().union(*map(self.figures.gaps, shown))
            case "quarters":
                return {
                    (len(periods),)
                    for name, periods in self.figures.periods.items()
                    if table in (None, name) and "Q" in periods[-1]
                }
        return {rated[called] for rated in self.figures.rated if called in rated}

    def _is_meant(self, figure: Figure, above: str, table: str | None) -> bool:
        """Whether the figure is of the table that is shown, and each part that it is of is named in
        the paragraph or above it. above: as `plain` gives it.
        """
        if table not in (None, figure.table):
            return False
        by = [
            (column, code)
            for column, code in figure.slice
            if column not in UNNAMED
            and (column, code) not in self.figures.first
            and (column != figure.category or (figure.is_rated and code != UNKNOWN))
        ]
        return all(
            any(
                name in above
                for name in (
                    plain(code),
                    *self.labels.get((column, code), ()),
                    *(UNRECORDED if code == UNKNOWN else ()),
                )
            )
            for column, code in by
        )

    def _is_named(self, figure: Figure, told: list[tuple[tuple, str]], sentence: str) -> bool:
        """A number that stands alone is that of the whole, or of the group in quotation marks; any
        other says more of itself.
        """
        if {key[0] for key, _text in told} != {"count"}:
            return True
        if quoted := QUOTED.search(sentence):
            return plain(quoted[1]) in self.labels.get(
                (figure.category, dict(figure.slice).get(figure.category)), ()
            )
        return figure.is_whole

    def _default(self, context: tuple[str, ...]) -> str:
        """The period of a sentence that names none: that of the heading it stands under, or else
        the last one.
        """
        for heading in reversed(context[1:]):
            if (
                len(
                    named := [
                        one.value for one in self.grammar.said(heading) if one.kind == "period"
                    ]
                )
                == 1
            ):
                return named[0]
        return LAST


def _in_order(figure: Figure, said: list[Said]) -> bool:
    """Whether what is told of a figure without its name, such as median before 90th percentile,
    stands in its order.
    """
    for kind, order in (
        ("decimal", [f"{n:.1f}" for n in figure.decimals]),
        ("dollars", list(figure.dollars)),
    ):
        rest = iter(order)
        if not all(one.value in rest for one in said if one.kind == kind):
            return False
    return True
