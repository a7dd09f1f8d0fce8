"""In: a city's files. Out: where it stands, and the command that leads on.

Never here: anything kept of its own; what a file says is read from that file.
"""

__all__ = [
    "candidate_records",
    "city_state",
    "leads",
    "made_from",
    "next_steps",
    "rejections",
    "status",
    "waiting_releases",
]
