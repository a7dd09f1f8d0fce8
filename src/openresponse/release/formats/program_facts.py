"""What a release says of the program and the rule it was made under."""

from typing import Any

from openresponse.disclosure.audit.knowledge import KNOWLEDGE
from openresponse.disclosure.rules import Rule
from openresponse.language import SOURCE, speaking
from openresponse.program import Program
from openresponse.release.formats.rule_in_words import rule_in_words


def program_facts(program: Program) -> dict[str, Any]:
    """Who publishes, the models, codes and areas, and where the money and the residents come
    from.
    """
    about = program.program
    return {
        "name": about.name,
        "city": about.city,
        "timezone": about.timezone,
        "contact": about.contact,
        "email": about.email,
        "note": about.note,
        "announced": about.announced.isoformat() if about.announced else None,
        "involuntary_hold": about.involuntary_hold and about.involuntary_hold.model_dump(),
        "help": [line.model_dump() for line in about.help],
        "models": {code: model.model_dump() for code, model in program.models.items()},
        "agencies": program.agencies,
        "dispatch_codes": {code: d.model_dump() for code, d in program.dispatch_codes.items()},
        **_areas(program),
        "budget": _budget(program),
        "calendar": {"settle_days": program.release.settle_days},
    }


def rule_facts(rule: Rule) -> dict[str, Any]:
    """The privacy rule in force, as the methods page prints it; `hides` says it in English."""
    with speaking(SOURCE):
        hides = rule_in_words(dict(rule))
    return {
        "preset": rule.preset,
        "threshold": rule.threshold,
        "hides": hides,
        "zeros": rule.zeros,
        "source": rule.source,
        "round_to": rule.round_to,
        "share_decimals": rule.share_decimals,
        "residents": rule.residents,
        "unstable_upto": rule.unstable_upto,
        "reliability": rule.reliability,
        "attacker": list(KNOWLEDGE),
    }


def _areas(program: Program) -> dict[str, Any]:
    areas = program.areas
    return {
        "districts": {code: d.model_dump() for code, d in areas.districts.items()},
        "neighborhoods": {
            code: n.model_dump(include={"short", "tile"}) for code, n in areas.neighborhoods.items()
        },
        "residents_year": areas.residents_year,
        "residents_source": areas.residents_source,
    }


def _budget(program: Program) -> dict[str, Any] | None:
    if program.budget is None:
        return None
    return {
        "amount": float(program.budget.amount),
        "fiscal_year": program.budget.fiscal_year,
        "source": program.budget.source,
    }
