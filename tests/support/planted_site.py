"""A small finished site as text: pages, tables, public files, and what disagrees in it."""

from openresponse.website.inspection.story.disagreements import disagreements

FUNNEL = {
    "calls": ("All mental-health calls", None),
    "arrived": ("Arrived", "calls"),
    "contact_made": ("Contact made", "arrived"),
}
DEFINITION = {
    "counts": "mental-health incidents, each once.",
    "denominator": "the group above (`share_of_part`) and all calls (`share_of_all`).",
    "excludes": "nothing.",
    "missing": "does not occur.",
}


def page(body, title="Figures", language="en"):
    return (
        f'<html lang="{language}"><head><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def table(caption, *rows):
    head, *body = ["".join(f"<th>{cell}</th>" for cell in row) for row in rows]
    lines = "".join(f"<tr>{row}</tr>" for row in body)
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def resource(name, kind="counts", **about):
    trees = about.pop("trees", {"stage": [node(code, *of) for code, of in FUNNEL.items()]})
    return {
        "name": name,
        "path": f"{name}.csv",
        "openresponse": {
            "kind": kind,
            "category": "stage",
            "dimensions": [],
            "definition": DEFINITION | about.pop("definition", {}),
            "trees": trees,
            **about,
        },
    }


def node(code, label, parent=None, means=None):
    return {"code": code, "label": label, "parent": parent, "means": means}


def counted(*statuses, column="stage"):
    lines = [f"2026-{8 + at:02d},calls,,20,{status}" for at, status in enumerate(statuses)]
    return "\n".join([f"period,{column},part_of,incidents,incidents_status", *lines]) + "\n"


def rules(folder):
    return [finding.rule for finding in disagreements(folder)]
