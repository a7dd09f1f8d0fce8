"""In: the sources of a website, or a candidate for a release. Out: the website, rendered once for
the trial and for the release.

Never here: what a page says.
"""

__all__ = [
    "kept_site",
    "page_folders",
    "trial",
]
