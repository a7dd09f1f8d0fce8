"""Who was sent and who came: funnel, responders, police role, clinician attendance."""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.tables.hierarchy import Node, Tree

STAGE = Tree(
    "stage",
    (
        Node("calls", "All mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls"),
        Node("no_pilot_for_code", "No pilot answers this kind of call", "not_eligible"),
        Node("before_launch", "The pilot had not begun", "not_eligible"),
        Node("outside_area", "The pilot did not yet operate in that district", "not_eligible"),
        Node("area_not_recorded", "District not recorded", "not_eligible"),
        Node("eligible", "Eligible for a pilot", "calls"),
        Node("team_not_sent", "No clinician or mental-health worker sent", "eligible"),
        Node("no_team_on_duty", "No team on duty", "team_not_sent"),
        Node("all_teams_busy", "All teams busy", "team_not_sent"),
        Node("scene_not_safe", "Scene judged not safe", "team_not_sent"),
        Node("caller_declined", "Caller declined", "team_not_sent"),
        Node("not_sent_reason_not_recorded", "Reason not recorded", "team_not_sent"),
        Node("team_sent", "Clinician or mental-health worker sent", "eligible"),
        Node("not_arrived", "Sent but not arrived", "team_sent"),
        Node("cancelled", "Cancelled on the way", "not_arrived"),
        Node("arrival_not_recorded", "No arrival recorded, reason not recorded", "not_arrived"),
        Node("arrived", "Arrived", "team_sent"),
        Node("no_contact", "No contact made", "arrived"),
        Node("person_not_found", "Person not found", "no_contact"),
        Node("person_declined", "Person declined", "no_contact"),
        Node("unsafe_to_approach", "Not safe to approach", "no_contact"),
        Node("no_contact_other", "Other reason", "no_contact"),
        Node("contact_not_recorded", "Contact not recorded", "arrived"),
        Node("contact_made", "Contact made", "arrived"),
    ),
)

RESPONDERS = Tree(
    "responders",
    (
        Node("calls", "All mental-health calls"),
        Node("police_on_scene", "Police on scene", "calls"),
        Node(
            "team_with_police",
            "Police with the clinician or mental-health worker",
            "police_on_scene",
        ),
        Node("police_and_ems", "Police with EMS", "police_on_scene"),
        Node("police_only", "Police alone", "police_on_scene"),
        Node("no_police_on_scene", "No police recorded on scene", "calls"),
        Node(
            "team_without_police",
            "Clinician or mental-health worker, without police",
            "no_police_on_scene",
        ),
        Node("ems_only", "EMS alone", "no_police_on_scene"),
        Node("nobody_recorded", "No arrival recorded", "no_police_on_scene"),
    ),
)

POLICE_ROLE = Tree(
    "police_role",
    (
        Node("calls", "All mental-health calls"),
        Node(
            "police_on_scene", "Police on scene", "calls", means=("responders", "police_on_scene")
        ),
        Node("sent_by_dispatch", "Sent by dispatch", "police_on_scene"),
        Node("requested_by_team", "Requested by the team", "police_on_scene"),
        Node("request_not_recorded", "Who asked is not recorded", "police_on_scene"),
        Node(
            "police_not_on_scene",
            "Police not on scene",
            "calls",
            means=("responders", "no_police_on_scene"),
        ),
    ),
)

# Joins the funnel to the responders: what is said twice is known to be the same.
ATTENDANCE = Tree(
    "attendance",
    (
        Node("calls", "All mental-health calls"),
        Node("not_eligible", "No pilot applied", "calls", means=("stage", "not_eligible")),
        Node(
            "eligible", "Calls that should have had the team", "calls", means=("stage", "eligible")
        ),
        Node("attended", "The team came", "eligible", means=("stage", "arrived")),
        Node(
            "police_came_too",
            "Police came too",
            "attended",
            means=("responders", "team_with_police"),
        ),
        Node("before_police", "The team came first", "police_came_too"),
        Node("with_police", "Both within a minute", "police_came_too"),
        Node("after_police", "Police came first", "police_came_too"),
        Node("order_not_recorded", "Order not recorded", "police_came_too"),
        Node(
            "no_police",
            "Police did not come",
            "attended",
            means=("responders", "team_without_police"),
        ),
        Node(
            "requested_not_arrived",
            "The team was sent but did not arrive",
            "eligible",
            means=("stage", "not_arrived"),
        ),
        Node(
            "not_requested", "The team was not sent", "eligible", means=("stage", "team_not_sent")
        ),
    ),
)


@measure("funnel", STAGE)
def funnel(rows: pd.DataFrame) -> pd.Series:
    """How far each call got, and the reason where it went no further.

    Counts: mental-health incidents, each once, at the last step it reached.
    Share of: the step before (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: 911 incidents whose dispatch code is not a mental-health code.
    Not recorded: stands as a step of its own wherever a reason, an arrival or a contact is missing.
    """
    reasons = STAGE.children("team_not_sent")
    contacts = STAGE.children("no_contact")
    not_eligible = rows["model"] == "standard"
    cases = [
        (not_eligible & (rows["not_eligible_reason"] == r), r)
        for r in STAGE.children("not_eligible")
    ]
    cases += [(~rows["team_sent"] & (rows["not_sent_reason"] == r), r) for r in reasons]
    cases += [
        (~rows["team_sent"], "not_sent_reason_not_recorded"),
        (~rows["team_arrived"] & rows["team_cancelled"], "cancelled"),
        (~rows["team_arrived"], "arrival_not_recorded"),
    ]
    cases += [(rows["contact"] == c, c) for c in ("contact_made", *contacts)]
    return choose(rows, *cases, otherwise="contact_not_recorded")


@measure("responders", RESPONDERS)
def responders(rows: pd.DataFrame) -> pd.Series:
    """Who was on scene, from the unit log.

    Counts: mental-health incidents by the agencies of which at least one unit recorded an arrival;
    the team is the clinician of co-response or the mental-health worker of alternative response.
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: units that were sent but recorded no arrival.
    Not recorded: incidents for which no unit recorded an arrival are `nobody_recorded`.
    """
    police, ems, team = rows["police_on_scene"], rows["ems_on_scene"], rows["team_arrived"]
    return choose(
        rows,
        (police & team, "team_with_police"),
        (police & ems, "police_and_ems"),
        (police, "police_only"),
        (team, "team_without_police"),
        (ems, "ems_only"),
        otherwise="nobody_recorded",
    )


@measure("police_role", POLICE_ROLE)
def police_role(rows: pd.DataFrame) -> pd.Series:
    """Whether police were on scene, and whether dispatch sent them or the team asked for them.

    Counts: mental-health incidents; where both dispatch and the team asked, dispatch is counted.
    Share of: calls with police on scene (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: police units that were sent but recorded no arrival.
    Not recorded: police on scene without a note of who asked are `request_not_recorded`.
    """
    return choose(
        rows,
        (~rows["police_on_scene"], "police_not_on_scene"),
        (rows["police_requested_by"] == "dispatch", "sent_by_dispatch"),
        (rows["police_requested_by"] == "team", "requested_by_team"),
        otherwise="request_not_recorded",
    )


@measure("clinician_attendance", ATTENDANCE)
def clinician_attendance(rows: pd.DataFrame) -> pd.Series:
    """Of the calls that should have had a clinician or mental-health worker, how many did, and who
    came first.

    Counts: mental-health incidents; the team is the clinician of co-response or the mental-health
    worker of alternative response.
    Share of: the group above (`share_of_part`: of eligible calls, how many were attended) and all
    calls (`share_of_all`).
    Leaves out: nothing; calls outside the districts and months in which a pilot operated are
    `not_eligible`.
    Not recorded: where an arrival time is missing the order is `order_not_recorded`.
    """
    order = rows["team_order"]
    came = rows["team_arrived"] & (rows["model"] != "standard")
    cases = [(rows["model"] == "standard", "not_eligible")]
    cases += [
        (came & (order == code), code)
        for code in ("before_police", "with_police", "after_police", "no_police")
    ]
    cases += [(came, "order_not_recorded"), (rows["team_sent"], "requested_not_arrived")]
    return choose(rows, *cases, otherwise="not_requested")
