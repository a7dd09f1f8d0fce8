"""How calls of the fictional city came in, and what became of those to which nobody was sent."""

import numpy as np
import pandas as pd

from openresponse.demo import clinical_words

# Of calls that are about somebody the crew does not yet see, and how often; the share that the 988
# lifeline hands over grows.
SOURCES = {"911": 0.9, "311": 0.04, "WALK-IN": 0.015, "": 0.045}
FROM_988 = (0.02, 0.09)  # first month to last
ON_VIEW = 0.08  # of calls that police are sent to
# What is written where nobody was sent. The lifeline gets no call back that it handed over.
RESULTS = {"RESOLVED BY PHONE": 0.55, "TRANSFERRED TO 988": 0.25, "": 0.2}


def add(rng: np.random.Generator, incidents: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The incidents with `Call Source` and `Call Result`. units: `call` and `Unit Type`."""
    n = len(incidents)
    source = clinical_words.draw(rng, SOURCES, n)
    handed_over = rng.random(n) < np.interp(np.linspace(0, 1, n), (0, 1), FROM_988)
    source = np.where(handed_over, "988", source)
    by_police = incidents.index.isin(units.loc[units["Unit Type"] == "POLICE", "call"])
    source = np.where(by_police & (rng.random(n) < ON_VIEW), "ON-VIEW", source)
    result = clinical_words.draw(rng, RESULTS, n)
    result = np.where((source == "988") & (result == "TRANSFERRED TO 988"), "", result)
    sent = incidents.index.isin(units["call"])
    return incidents.assign(**{"Call Source": source, "Call Result": np.where(sent, "", result)})
