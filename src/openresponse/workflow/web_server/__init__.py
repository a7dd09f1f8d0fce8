"""In: a finished website. Out: the same where people read it, on this machine or in public.

Never here: what a page says.
"""

__all__ = [
    "live_site",
    "local_server",
    "publishing",
]
