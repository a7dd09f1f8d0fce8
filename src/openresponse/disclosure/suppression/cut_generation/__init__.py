"""In: what must be protected, with equations and prices. Out: the cheapest pattern of the linear
problem, or its relaxation.

Never here: a table, or a witness in whole numbers.
"""

__all__ = [
    "attacker_problem",
    "cuts",
    "master_problem",
    "optimum",
    "problem",
]
