"""In: a finished site with its PDFs and public files. Out: where two of its statements disagree.

Never here: code that writes the pages, or that reads their sentences for `numbers`. What is known
is known from the finished files, as a stranger has them.
"""

__all__ = [
    "agreeing_shares",
    "claims",
    "described_pictures",
    "disagreements",
    "named_clocks",
    "one_series",
    "opened_charts",
    "plain_words",
    "printed_text",
    "public_files",
    "same_in_translation",
    "shown_tables",
    "translated_labels",
]
