"""The part of a cell that is read: without words that mean nothing, and as a pattern cuts it."""

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from openresponse.records.dialects.text_table import TEXT


def recorded(text: pd.Series, missing: Iterable[str]) -> pd.Series:
    """Cells with the words that mean nothing made empty."""
    words = {word.strip().casefold() for word in missing}
    if not words:
        return text
    numbers, spellings = pd.factorize(text)
    nothing = pd.Series(spellings, dtype=TEXT).str.casefold().isin(words).to_numpy(dtype=bool)
    return text.mask(nothing[numbers], "")


def cut(text: pd.Series, pattern: str) -> pd.Series:
    """The group of the pattern in each cell; empty where the pattern is not in it."""
    cells = pa.chunked_array(pa.array(text, pa.string()))
    inside = pc.match_substring_regex(cells, pattern)
    group = pc.replace_substring_regex(cells, rf"(?s)^.*?(?:{pattern}).*$", r"\1")
    return pd.Series(pc.if_else(inside, group, ""), index=text.index, dtype=TEXT).str.strip()


def matches(text: pd.Series, pattern: str) -> pd.Series:
    """In which cells the pattern is."""
    found = pc.match_substring_regex(pa.array(text, pa.string()), pattern)
    return pd.Series(found.to_numpy(zero_copy_only=False), index=text.index, dtype=bool)
