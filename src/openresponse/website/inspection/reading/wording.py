"""The texts of the catalogue by which the inspection reads pages, by their English.

How another language says each stands in its catalogue, so a language needs nothing here. Whoever
writes a sentence that tells figures in a new way adds here how it is read.
"""

from dataclasses import dataclass

Text = str | tuple[str, str]  # of a number: for one, and for several

QUARTER = "{first} to {last} {year}"
NUMBERED_QUARTER = "quarter {number} of {year}"
YEARS = "{first} to {last}"
POINTS = ("{size} percentage point", "{size} percentage points")

# Their own numbers are of the method or of names, and no figures.
FIXED: tuple[Text, ...] = (
    "They count 911 calls and responses, not people's lives. A call that ends well on the day can"
    " be followed by another.",
    "Half took at most the median; nine in ten took at most the 90th percentile. Averages hide"
    " waits, so none is given.",
    "{when}{share} of contacts were followed up within 7 days ({n} of {of})",
    "the share of contacts followed up within 7 days",
    "{when}{share} of contacts with a known person followed another within 30 days ({n} of {of})",
    "the share of contacts that followed another within 30 days",
    "{when}{rounded} were followed up within 7 days ({share}, {n} of {of})",
    "{when}{rounded} with a known person followed another within 30 days ({share}, {n} of {of})",
    "A rate is the number of calls in a calendar year for each 10,000 residents of the area.",
    "Beside each rate is its {confidence} confidence interval: the exact limits of a Poisson count"
    " (Garwood 1936), divided by the residents. It says how far chance alone could move the number"
    " of calls. The number of residents is taken as exact.",
    "{rate} per 10,000 residents",
    "per 10,000 residents",
    "Calls per 10,000 residents, {period}",
    "Where calls came from: a map, and calls per 10,000 residents.",
    "Compared with the whole city, {rate} per 10,000 residents (in brackets: how many tiles)",
)

# A share in words, by what its fraction is of the exact share that follows it.
ROUNDED: dict[str, tuple[Text, ...]] = {
    "more than": ("more than {n} in {of} calls", "more than {n} in {of} contacts"),
    "fewer than": ("fewer than {n} in {of} calls", "fewer than {n} in {of} contacts"),
    "near": ("{n} in {of} calls", "{n} in {of} contacts"),
}

MORE: tuple[Text, ...] = (
    "That is {points} more than {within} ({before})",
    "Compared with {period} ({before}), it is {points} more.",
    "That is {n} more than {within} ({before})",
    (
        "Compared with {period} ({before}), there was {n} more.",
        "Compared with {period} ({before}), there were {n} more.",
    ),
)
LESS: tuple[Text, ...] = (
    "That is {points} less than {within} ({before})",
    "Compared with {period} ({before}), it is {points} less.",
    "That is {n} fewer than {within} ({before})",
    (
        "Compared with {period} ({before}), there was {n} fewer.",
        "Compared with {period} ({before}), there were {n} fewer.",
    ),
)
# The groups, by code, that a sentence names in words of its own and not by their label.
GROUPS: dict[str, tuple[Text, ...]] = {
    "not_recorded": (
        "{when}the district was not recorded for {share} of all mental-health calls ({n} of {of})."
        " They are in no district's figures.",
    ),
    "alternative_response": (
        "{when}police were on scene at {share} of alternative-response calls ({n} of {of}). Who"
        " asked for them, and why?",
    ),
}


@dataclass(frozen=True)
class Counted:
    """A text with numbers that are counted over many figures, or are a constant of the method.

    what: as `tallies` knows it. names: of its numbers, in their order there. texts: one, or several
    that stand one after the other; what has no letters is in no catalogue.
    """

    what: str
    names: tuple[str, ...]
    texts: tuple[Text, ...]


QUARTERS = (
    "There is {n} quarter so far. With fewer than {fewest} no signal is looked for in a district.",
    "There are {n} quarters so far. With fewer than {fewest} no signal is looked for in a"
    " district.",
)
COUNTED = (
    Counted(
        "withheld",
        ("n", "of"),
        ("{n} of {of} values in the files of counts and times are withheld for privacy.",),
    ),
    Counted(
        "least",
        ("share",),
        (
            "Of the tables by month, “{title}” withholds most: {share} of what it counts is shown"
            " in full detail.",
        ),
    ),
    Counted(
        "gaps",
        ("n", "of"),
        (
            (
                "{n} of {of} periods is not shown; the line stops there and does not fall to zero.",
                "{n} of {of} periods are not shown; the line stops there and does not fall to"
                " zero.",
            ),
        ),
    ),
    Counted("gaps", ("n", "of"), ("{n} of {of} periods lack a figure; the line stops there.",)),
    Counted(
        "budget left",
        ("months",),
        (
            (
                "{left} of it is left: at the rate of that month, enough for less than {months}"
                " month.",
                "{left} of it is left: at the rate of that month, enough for less than {months}"
                " months.",
            ),
        ),
    ),
    Counted("quarters", ("n",), (QUARTERS,)),
    Counted("fewest", ("fewest",), (QUARTERS,)),
    Counted(
        "sides",
        ("n", "higher", "lower", "between"),
        (
            "The whole city had {rate} ({counted}). Of {n} neighborhoods, {higher} have a higher"
            " rate, {lower} a lower one, and {between} are too close to the city's rate to say.",
        ),
    ),
    Counted(
        "withheld areas",
        ("n", "of"),
        (
            "Withheld for privacy: the rates of {n} of {of} neighborhoods. A withheld rate is not"
            " zero.",
        ),
    ),
    Counted("areas shown", ("n",), ("every other of the {n} neighborhoods whose rate is shown",)),
    Counted(
        "level 1",
        ("high", "count"),
        ("under half the city's rate", ": ", "under {high}", " ({count})"),
    ),
    *(
        Counted(f"level {level}", ("first", "last", "count"), (name, ": ", YEARS, " ({count})"))
        for level, name in (
            (2, "half to three quarters of the city's rate"),
            (3, "three quarters of the city's rate to a third more"),
            (4, "a third more than the city's rate, up to twice"),
        )
    ),
    Counted(
        "level 5",
        ("low", "count"),
        ("twice the city's rate or more", ": ", "{low} and more", " ({count})"),
    ),
    Counted("withheld tiles", ("count",), ("Withheld for privacy, not zero", " ({count})")),
    Counted("tiles without a rate", ("count",), ("not available", " ({count})")),
    Counted(
        "interval of few",
        ("level", "few"),
        (
            "A thin line is the {level} confidence interval (Wilson) of a share of fewer than"
            " {few}: how far chance alone could move it, without errors of recording.",
        ),
    ),
    Counted(
        "level of confidence",
        ("confidence",),
        (
            "Beside each rate is its {confidence} confidence interval: the exact limits of a"
            " Poisson count (Garwood 1936), divided by the residents. It says how far chance alone"
            " could move the number of calls. The number of residents is taken as exact.",
        ),
    ),
    Counted(
        "most named",
        ("most",),
        (
            "An area is named as the highest or lowest only where its interval overlaps none of"
            " the others. Up to {most} areas are named together where their intervals lie beyond"
            " all others. Otherwise no area is called the highest or the lowest.",
        ),
    ),
    Counted("shift", ("shift",), ("the last {shift} values all lie above the mean",)),
    Counted("shift", ("shift",), ("the last {shift} values all lie below the mean",)),
    Counted("level of confidence", ("level",), ("{level} confidence interval",)),
)
