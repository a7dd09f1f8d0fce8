"""The colours and sizes of every chart: they hold on a light and on a dark page, for every kind of
color vision.

Each series colour has at least 3:1 contrast on white and on the dark page, so a picture needs no
second version, and all stay apart when red, green or blue cones are missing. Text and lines take
the page's own colour where the picture stands in a page.
"""

WIDTH = 340  # chart units; at a phone's width one unit is about one pixel
FONT = "Helvetica, Arial, sans-serif"
FONT_SIZE = 12
WIDEST = 7.2  # width of a letter of small words in the widest face a reader may have
INK, FAINT, GRID, PAPER = "#1d2733", "#505b67", "#d0d6dd", "#ffffff"
# What stands in for the fixed color where the page can set it (see styles.css).
VARIABLES = {
    fixed: f"var(--{name}, {fixed})"
    for fixed, name in ((INK, "ink"), (FAINT, "ink-soft"), (GRID, "rule"), (PAPER, "paper"))
}

MAIN, POLICE, CARE, EMS, OTHER = "#039dd5", "#b53c0d", "#167078", "#9330d2", "#9b9279"
# The same category has the same colour everywhere; what is not named is MAIN.
CATEGORY = {
    "police_on_scene": POLICE,
    "team_with_police": POLICE,
    "police_came_too": POLICE,
    "police_only": POLICE,
    "police_and_ems": POLICE,
    "sent_by_dispatch": POLICE,
    "requested_by_team": POLICE,
    "request_not_recorded": OTHER,
    "no_police_on_scene": CARE,
    "police_not_on_scene": CARE,
    "no_police": CARE,
    "team_without_police": CARE,
    "ems_only": EMS,
    "team_sent": CARE,
    "arrived": CARE,
    "contact_made": CARE,
    "attended": CARE,
    "remained_in_community": CARE,
    "emergency_department": EMS,
    "arrest": POLICE,
    "by_police": POLICE,
    "by_clinician": CARE,
    "calls": OTHER,
    "runs": OTHER,
    "contacts": OTHER,
    "rows_in": OTHER,
    "all": OTHER,
    "not_eligible": OTHER,
    "nobody_recorded": OTHER,
    "no_pilot_for_code": OTHER,
    "before_launch": OTHER,
    "outside_area": OTHER,
    "not_recorded": OTHER,
}


def color(code: str) -> str:
    if code.endswith("not_recorded") or code.startswith("not_recorded"):
        return OTHER
    return CATEGORY.get(code, MAIN)


def inline(picture: str) -> str:
    """The picture for a page, where the page's own colours take over for text and lines."""
    for fixed, variable in VARIABLES.items():
        picture = picture.replace(f'"{fixed}"', f'"{variable}"')
    return picture
