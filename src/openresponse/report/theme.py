"""One chart theme: colours that hold on a light and on a dark page, for every kind of color vision.

Each series colour has at least 3:1 contrast on white and on the dark page, so a picture needs no second
version. Text and lines take the page's own colour where the picture stands in a page.
"""

WIDTH = 340  # chart units; at a phone's width one unit is about one pixel
FONT = "Helvetica, Arial, sans-serif"
FONT_SIZE = 12
INK, FAINT, GRID = "#1d2733", "#5b6672", "#d5dae0"
# What stands in for the fixed color where the page can set it (see styles.css).
VARIABLES = {INK: "var(--ink, #1d2733)", FAINT: "var(--ink-soft, #5b6672)", GRID: "var(--rule, #d5dae0)"}

MAIN, POLICE, CARE, EMS, OTHER = "#2f7ec2", "#c0621a", "#16897a", "#9160c9", "#75808c"
# The same category has the same colour everywhere; what is not named is MAIN.
CATEGORY = {
    "police_on_scene": POLICE, "police_only": POLICE, "police_and_ems": POLICE, "police_and_clinician": POLICE,
    "police_and_worker": POLICE, "sent_by_dispatch": POLICE, "requested_by_team": POLICE, "request_not_recorded": OTHER,
    "no_police_on_scene": CARE, "clinician_no_police": CARE, "worker_no_police": CARE, "ems_only": EMS,
    "team_sent": CARE, "arrived": CARE, "contact_made": CARE, "attended": CARE, "remained_in_community": CARE,
    "emergency_department": EMS, "arrest": POLICE, "by_police": POLICE, "by_clinician": CARE,
    "calls": OTHER, "runs": OTHER, "contacts": OTHER, "rows_in": OTHER, "all": OTHER, "eligible_calls": OTHER,
    "not_eligible": OTHER, "nobody_recorded": OTHER, "no_pilot_for_code": OTHER, "before_launch": OTHER,
    "outside_area": OTHER, "not_recorded": OTHER,
}


def color(code: str) -> str:
    if code.endswith("not_recorded") or code.startswith("not_recorded"):
        return OTHER
    return CATEGORY.get(code, MAIN)


def configure(chart):
    """The theme on a finished Altair chart."""
    return (chart.configure(background="transparent", font=FONT, padding=2)
            .configure_view(stroke=None)
            .configure_axis(labelFontSize=FONT_SIZE, labelColor=FAINT, gridColor=GRID, domain=False, ticks=False, title=None, labelPadding=6)
            .configure_text(fontSize=FONT_SIZE, color=INK)
            .configure_legend(disable=True))
