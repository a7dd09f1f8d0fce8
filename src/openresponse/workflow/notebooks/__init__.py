"""In: a notebook, its parameters, a release. Out: the executed notebook, and the pages it wrote.

Never here: what a notebook says.
"""

__all__ = [
    "execution",
    "kernels",
    "stages",
]
