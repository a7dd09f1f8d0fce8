"""An attacker that reads a public folder and nothing else, and guesses what its figures mean to
each other.

It shares no code with the engine it attacks and knows no catalogue: tables, codes and their order
come from the published files, every relation between two tables is a guess from shown figures and
names of codes. Flow: `reading` → `columns` → `sums`, `guesses` → `solver` → `report`.
"""
