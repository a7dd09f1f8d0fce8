"""In: a person who begins, with extracts that nobody has described or with none. Out: what the
files are like, and a folder from which a city can be published.

Never here: what a city does from month to month.
"""

__all__ = ["first_look", "new_city"]
