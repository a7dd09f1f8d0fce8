"""How surprising it is, in bits, that two columns of figures match as they do."""

import numpy as np
from scipy.special import log_ndtr

# Columns whose names contain each other are few (some hundred pairs in which anything is
# withheld), most are what they seem: two different counts of 15 that match make 7.6 bits.
NAMED_BITS = 7.0


def chance_bits(values: np.ndarray) -> np.ndarray:
    """Two unrelated counts near v agree about once in 2·√(π·v) times; zeros prove nothing."""
    return np.where(values > 0, np.log2(2 * np.sqrt(np.pi * np.maximum(values, 1))), 0.0)


def match_bits(one: np.ndarray, other: np.ndarray) -> float:
    """Every different count that both show; a repetition proves little more than the first."""
    return float(np.sum(chance_bits(np.unique(one[(one == other) & (one > 0)]))))


def possible_bits(one: np.ndarray, compared: np.ndarray) -> np.ndarray:
    """What a match in the periods compared (a row for each other column) can prove at most."""
    return compared @ chance_bits(np.nan_to_num(one))


def order_bits(small: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How surprising it is that no other fell below, if the months of both moved independently."""
    gap = (others - small + 0.5) / np.sqrt(np.abs(others) + np.abs(small) + 1)
    counted = ~np.isnan(gap) & (small > 0)
    return -np.sum(np.where(counted, log_ndtr(np.nan_to_num(gap)), 0.0), axis=1) / np.log(2)
