"""In: a release. Out: a page for each question that readers come with, and a list of them.

Never here: a question that the release has no figure for.
"""

__all__ = ["answers", "pictures", "question", "question_pages"]
