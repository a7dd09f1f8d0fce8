"""Every measure that a program file may name under `tables`, in the order of the methods page."""

from openresponse.measures import (
    attendance,
    followup,
    funnel,
    outcomes,
    responders,
    safety,
    volumes,
)
from openresponse.measures.measure import Measure

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        volumes.volumes,
        volumes.contacts,
        volumes.service,
        outcomes.outcomes,
        outcomes.results,
        followup.followup,
        followup.referrals,
        followup.repeat_contacts,
        safety.involuntary_hold,
        safety.arrest,
        safety.force,
        safety.injury,
        funnel.first_ring,
        funnel.funnel,
        responders.responders,
        responders.police_role,
        attendance.diverted,
        attendance.team_attendance,
        volumes.case_definition,
    )
}
