"""Every measure that a program file may name under `tables`, in the order of the methods page."""

from openresponse.measures import care, response, volumes
from openresponse.measures.measure import Measure

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        volumes.volumes,
        volumes.contacts,
        volumes.service,
        care.outcomes,
        care.results,
        care.followup,
        care.referrals,
        care.repeat_contacts,
        care.section12,
        care.arrest,
        care.force,
        care.injury,
        response.funnel,
        response.responders,
        response.police_role,
        response.clinician_attendance,
    )
}
