"""What happens at a contact: hold, outcome, arrest, force and injury, none of which contradicts
another.
"""

import numpy as np

from openresponse.demo import clinical_words

ARREST, HOSPITAL, STAYED = "Arrest", "Emergency Department", "Remained in community"
HELD = ("Clinician", "Police", "Physician")
# How often police use force, and how often somebody is hurt; the first that applies.
FORCE = {"arrest": 0.25, "hold": 0.08, "otherwise": 0.012}
INJURY = {"force": 0.22, "hospital": 0.04, "otherwise": 0.006}
NOT_TICKED = 0.06  # of the answers that would be no, those left empty


def make(rng: np.random.Generator, met: np.ndarray, police: np.ndarray) -> dict[str, np.ndarray]:
    """One value a contact, empty where the person is not `met`. police: where they are on scene;
    without them nobody is arrested, held by police, or met with force.
    """
    n = len(met)
    applicant = clinical_words.draw(rng, clinical_words.SECTION_12, n)
    applicant = np.where((applicant == "Police") & ~police, "Clinician", applicant)
    held = np.isin(applicant, HELD)
    place = np.where(held, HOSPITAL, clinical_words.draw(rng, clinical_words.DISPOSITIONS, n))
    place = np.where((place == ARREST) & ~police, STAYED, place)
    arrest = place == ARREST
    likely = np.select([arrest, held], [FORCE["arrest"], FORCE["hold"]], FORCE["otherwise"])
    force = police & (rng.random(n) < likely)
    likely = np.select(
        [force, place == HOSPITAL], [INJURY["force"], INJURY["hospital"]], INJURY["otherwise"]
    )
    injury = rng.random(n) < likely
    return {
        "disposition": np.where(met, place, ""),
        "Section 12": np.where(met, applicant, ""),
        "Arrest": _ticked(rng, arrest, met),
        "Force Used": _ticked(rng, force, met),
        "Injury": _ticked(rng, injury, met),
    }


def _ticked(rng: np.random.Generator, happened: np.ndarray, met: np.ndarray) -> np.ndarray:
    no = np.where(rng.random(len(met)) < NOT_TICKED, "", "N")
    return np.where(met, np.where(happened, "Y", no), "")
