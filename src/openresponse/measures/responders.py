"""Who was on scene, and who sent the police."""

import pandas as pd

from openresponse.measures.measure import choose, measure
from openresponse.tables.hierarchy import Hierarchy, Node

RESPONDERS = Hierarchy(
    "responders",
    (
        Node("calls", "Mental-health calls"),
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
            "Clinician or mental-health worker, no police recorded",
            "no_police_on_scene",
        ),
        Node("ems_only", "EMS alone", "no_police_on_scene"),
        Node("nobody_recorded", "No arrival recorded", "no_police_on_scene"),
    ),
)

POLICE_ROLE = Hierarchy(
    "police_role",
    (
        Node("calls", "Mental-health calls"),
        Node(
            "police_on_scene", "Police on scene", "calls", means=("responders", "police_on_scene")
        ),
        Node("sent_by_dispatch", "Sent by dispatch", "police_on_scene"),
        Node("requested_by_team", "Requested by the team", "police_on_scene"),
        Node("request_not_recorded", "Who asked is not recorded", "police_on_scene"),
        Node(
            "police_not_on_scene",
            "No police recorded on scene",
            "calls",
            means=("responders", "no_police_on_scene"),
        ),
    ),
)


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
    Share of: the group above (`share_of_part`) and all calls (`share_of_all`).
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
