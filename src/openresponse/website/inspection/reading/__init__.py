"""In: the prose of a page in its languages. Out: its sentences, with their numbers and periods.

Never here: a figure, or code that writes sentences.
"""

from openresponse.website.inspection.reading.grammar import Mention, blank
from openresponse.website.inspection.reading.paragraph import Paragraphs, unwrapped
from openresponse.website.inspection.reading.sentence import Sentence, plain

__all__ = ["Mention", "Paragraphs", "Sentence", "blank", "plain", "unwrapped"]
