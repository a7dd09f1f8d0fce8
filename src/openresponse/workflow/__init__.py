"""In: a program file and a verb. Out: the next state of a city, or one sentence on why not.

Never here: a rule of its own on what is counted, withheld or shown.
"""

__all__ = [
    "arguments",
    "candidates",
    "catalogues",
    "checking",
    "city",
    "clean_up",
    "commands",
    "decisions",
    "delivered_files",
    "deliveries",
    "documentation",
    "notebooks",
    "progress",
    "proofs",
    "rebuild",
    "rehearsals",
    "release_texts",
    "releases",
    "rendering",
    "run_log",
    "safekeeping",
    "site",
    "sources",
    "standing",
    "starting",
    "web_server",
]
