"""What the evidence pack says of how uncertain each protected small figure stays."""

from typing import Any

import numpy as np

from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.guesses import Guesses
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.sampler.random_walk import CHAINS, COUNTED

SUREST = 10  # figures named in the pack
Section = dict[str, Any]


def reach(protection: Protection, rule: Rule) -> Section:
    """How large the witnesses make the protected figures, in numbers of figures."""
    system, small = protection.system, protection.small
    reached = _highest(protection)[small]
    threshold, asked = system.threshold[small], system.reach[small]
    return {
        "reach": {
            "times": rule.reach,
            "smallest": rule.threshold,
            "asked": rule.reach * rule.threshold,
            "at_smallest": int((reached == threshold).sum()),
            "up_to_asked": int(((reached > threshold) & (reached <= asked)).sum()),
            "beyond": int((reached > asked).sum()),
            "fell_short": int((reached < asked).sum()),
        }
    }


def guesses(measured: Guesses, rule: Rule) -> Section:
    """How sure guesses may be: in how many tenths of the tables that fit figures are small."""
    tenths, _ = np.histogram(measured.shares, np.linspace(0, 1, 11))
    return {
        "guesses": {
            "measured": len(measured.names),
            "left_out": measured.left_out,
            "unsettled": int((~measured.settled).sum()),
            "samples": CHAINS * COUNTED,
            "tenths": tenths.tolist(),
            "surest": [
                {"figure": name, "percent": round(100 * share)}
                for name, share in measured.surest(SUREST)
            ],
            "most_sure": None if rule.most_sure is None else round(100 * rule.most_sure),
        }
    }


def _highest(protection: Protection) -> np.ndarray:
    """The largest that any witness makes each variable; its own count where none does."""
    values = protection.system.values
    highest = values.copy()
    for move in protection.witnesses.values():
        at = move.variables
        highest[at] = np.maximum(highest[at], values[at] + move.by)
    return highest
