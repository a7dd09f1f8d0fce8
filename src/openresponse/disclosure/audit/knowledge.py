"""What an attacker is taken to know of a release, as it is said to the public."""

KNOWLEDGE = (
    (
        "Every figure of every release ever published, the rule, the codes and how the tables are"
        " made."
    ),
    (
        "Counts are whole numbers of at least 0; where zeros are shown, a withheld count is at"
        " least 1."
    ),
    (
        "Parts add up to their whole: in every dimension, from months to quarters, years and any"
        " other stretch of time, and in bands that overlap."
    ),
    "The same thing counted in two tables is the same number, also under another name.",
    (
        "Shares, rates and rounded figures bound the counts they rest on; a median is shown only"
        " where enough counts carry it."
    ),
    (
        "A real table stands behind all tables, also where dimensions meet that are nowhere"
        " published together."
    ),
    (
        "Which codes never occur together, by definition or because they never did although both"
        " occurred often; every release lists these pairs."
    ),
    "What a revision changed, and that most revisions only add records.",
    "Figures shown by an exemption.",
)
