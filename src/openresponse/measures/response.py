"""Who was sent and who came: funnel, responders, police role, clinician attendance."""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.tree import Node, Tree

STAGE = Tree("stage", (
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
))

RESPONDERS = Tree("responders", (
    Node("calls", "All mental-health calls"),
    Node("police_on_scene", "Police on scene", "calls"),
    Node("police_only", "Police alone", "police_on_scene"),
    Node("police_and_ems", "Police and EMS", "police_on_scene"),
    Node("police_and_clinician", "Police with a clinician", "police_on_scene"),
    Node("police_and_worker", "Police with a mental-health worker", "police_on_scene"),
    Node("no_police_on_scene", "No police on scene", "calls"),
    Node("ems_only", "EMS alone", "no_police_on_scene"),
    Node("clinician_no_police", "Clinician, no police", "no_police_on_scene"),
    Node("worker_no_police", "Mental-health worker, no police", "no_police_on_scene"),
    Node("nobody_recorded", "No arrival recorded", "calls"),
))

POLICE_ROLE = Tree("police_role", (
    Node("calls", "All mental-health calls"),
    Node("police_on_scene", "Police on scene", "calls", means=("responders", "police_on_scene")),
    Node("sent_by_dispatch", "Sent by dispatch", "police_on_scene"),
    Node("requested_by_team", "Requested by the team", "police_on_scene"),
    Node("request_not_recorded", "Who asked is not recorded", "police_on_scene"),
    Node("no_police_on_scene", "No police on scene", "calls"),
))

ATTENDANCE = Tree("attendance", (
    Node("eligible_calls", "Calls that should have had a clinician"),
    Node("attended", "A clinician came", "eligible_calls"),
    Node("before_police", "Clinician came before police", "attended"),
    Node("with_police", "Clinician and police came within a minute", "attended"),
    Node("after_police", "Clinician came after police", "attended"),
    Node("no_police", "Clinician came, police did not", "attended"),
    Node("order_not_recorded", "Order not recorded", "attended"),
    Node("requested_not_arrived", "Clinician sent but did not arrive", "eligible_calls"),
    Node("not_requested", "No clinician sent", "eligible_calls"),
))


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
    cases = [(not_eligible & (rows["not_eligible_reason"] == r), r) for r in STAGE.children("not_eligible")]
    cases += [(~rows["team_sent"] & (rows["not_sent_reason"] == r), r) for r in reasons]
    cases += [(~rows["team_sent"], "not_sent_reason_not_recorded"),
              (~rows["team_arrived"] & rows["team_cancelled"], "cancelled"),
              (~rows["team_arrived"], "arrival_not_recorded")]
    cases += [(rows["contact"] == c, c) for c in ("contact_made", *contacts)]
    return choose(rows, *cases, otherwise="contact_not_recorded")


@measure("responders", RESPONDERS)
def responders(rows: pd.DataFrame) -> pd.Series:
    """Who was on scene, from the unit log.

    Counts: mental-health incidents by the agencies of which at least one unit recorded an arrival.
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: units that were sent but recorded no arrival.
    Not recorded: incidents for which no unit recorded an arrival are `nobody_recorded`.
    """
    police, ems = rows["police_on_scene"], rows["ems_on_scene"]
    clinician, worker = rows["clinician_on_scene"], rows["worker_on_scene"]
    return choose(rows,
                  (police & clinician, "police_and_clinician"), (police & worker, "police_and_worker"),
                  (police & ems, "police_and_ems"), (police, "police_only"),
                  (clinician, "clinician_no_police"), (worker, "worker_no_police"), (ems, "ems_only"),
                  otherwise="nobody_recorded")


@measure("police_role", POLICE_ROLE)
def police_role(rows: pd.DataFrame) -> pd.Series:
    """Whether police were on scene, and whether dispatch sent them or the team asked for them.

    Counts: mental-health incidents; where both dispatch and the team asked, dispatch is counted.
    Share of: calls with police on scene (`share_of_part`) and all calls (`share_of_all`).
    Leaves out: police units that were sent but recorded no arrival.
    Not recorded: police on scene without a note of who asked are `request_not_recorded`.
    """
    return choose(rows,
                  (~rows["police_on_scene"], "no_police_on_scene"),
                  (rows["police_requested_by"] == "dispatch", "sent_by_dispatch"),
                  (rows["police_requested_by"] == "team", "requested_by_team"), otherwise="request_not_recorded")


@measure("clinician_attendance", ATTENDANCE, where=(("stage", "eligible"), ("model", "co_response")))
def clinician_attendance(rows: pd.DataFrame) -> pd.Series:
    """Of the calls that should have had a clinician, how many did, and who came first.

    Counts: incidents eligible for co-response.
    Share of: calls a clinician came to (`share_of_part`, for the order) and all eligible calls (`share_of_all`).
    Leaves out: calls outside the districts and months in which co-response operated.
    Not recorded: where an arrival time is missing the order is `order_not_recorded`.
    """
    code = choose(rows, (rows["clinician_on_scene"], "order_not_recorded"),
                  (rows["clinician_sent"], "requested_not_arrived"), otherwise="not_requested")
    code = code.mask(rows["clinician_on_scene"] & rows["clinician_order"].notna(), rows["clinician_order"])
    return code.where(rows["model"] == "co_response")
