"""In: a published release. Out: every page of the website and the council's brief.

Never here: raw data, or a figure that the release does not hold.
"""

__all__ = [
    "brief",
    "explore",
    "explore_chart",
    "findings",
    "home",
    "model",
    "model_measures",
    "model_subjects",
    "notices",
    "places",
    "questions",
    "reference",
    "review",
    "site_frame",
    "site_pages",
    "social",
    "tiles",
]
