"""The attack as a person reads it, and as data."""

from collections import Counter
from dataclasses import dataclass

from .columns import label
from .publication import Publication
from .relations import Relation
from .solver import REACH, Attack, Finding

LISTED = 40


@dataclass
class Report:
    """An attack on a public folder: counts by kind of finding, and every derivation."""

    publication: Publication
    attack: Attack
    guessed: int
    seconds: float

    @property
    def small(self) -> list[Finding]:
        """Proved to be less than the threshold, and not to be 0 where zeros are shown."""
        limit, zeros_shown = self.publication.rule.threshold, self.publication.rule.zeros_shown
        return [
            one
            for one in self.attack.findings
            if one.most < limit and not (zeros_shown and one.most == 0)
        ]

    @property
    def exact(self) -> list[Finding]:
        return [one for one in self.attack.findings if one.exact]

    @property
    def near(self) -> list[Finding]:
        """Not proved small, though it cannot reach `REACH` thresholds."""
        limit = self.publication.rule.threshold
        return [one for one in self.attack.findings if limit <= one.most < REACH * limit]

    def where(self, finding: Finding) -> str:
        cell = self.publication.cells[finding.cell]
        return f"{label(((cell.key, 1),))}, {cell.period}"

    def data(self) -> dict:
        cells = self.publication.cells
        return {
            "releases": self.publication.releases,
            "threshold": self.publication.rule.threshold,
            "figures": len(cells),
            "withheld": sum(bool(cell.withheld) for cell in cells),
            "guesses": self.guessed,
            "guesses_given_up": len(self.attack.given_up),
            "contradictory": self.attack.contradictory,
            "seconds": round(self.seconds, 1),
            "exact": [self.finding(one) for one in self.exact],
            "small": [self.finding(one) for one in self.small if not one.exact],
            "near": [self.finding(one) for one in self.near if not one.exact],
        }

    def finding(self, one: Finding) -> dict:
        cell = self.publication.cells[one.cell]
        table, codes, value = cell.key
        return {
            "table": table,
            "codes": list(codes),
            "value": value,
            "period": cell.period,
            "release": cell.release,
            "least": one.least,
            "most": one.most,
            "guesses": [relation.label for relation in one.because if relation.guessed],
            "sums": [relation.label for relation in one.because if not relation.guessed],
        }

    def text(self) -> str:
        data = self.data()
        proved_small = len(self.small)
        lines = [
            f"{len(data['releases'])} releases: {data['figures']} figures, "
            f"{data['withheld']} withheld; threshold {data['threshold']}.",
            f"{data['guesses']} relations guessed, {data['guesses_given_up']} of them given up "
            f"because they contradict surer ones; {data['seconds']} s.",
        ]
        if self.attack.contradictory:
            lines.append("The published figures contradict each other without any guess.")
        lines += ["", *self.by_table(), ""]
        for title, found in (
            ("Worked out exactly", self.exact),
            ("Proved to be small", [one for one in self.small if not one.exact]),
        ):
            lines += [f"{title}: {len(found)}", *self.derivations(found), ""]
        lines.append(
            f"{proved_small} withheld figures are proved to be less than {data['threshold']}."
        )
        return "\n".join(lines)

    def by_table(self) -> list[str]:
        cells = self.publication.cells
        withheld = Counter(cell.key[0] for cell in cells if cell.withheld)
        kinds = [("exact", self.exact), ("small", self.small), ("near", self.near)]
        counts = [Counter(cells[one.cell].key[0] for one in found) for _, found in kinds]
        limit = self.publication.rule.threshold
        head = (
            f"{'table':<24}{'withheld':>10}{'exact':>8}{f'< {limit}':>8}"
            f"{f'{limit}–{REACH * limit - 1}':>8}  (upper end)"
        )
        return [head] + [
            f"{table:<24}{number:>10}" + "".join(f"{count[table]:>8}" for count in counts)
            for table, number in withheld.most_common()
        ]

    def derivations(self, findings: list[Finding]) -> list[str]:
        lines = []
        for one in findings[:LISTED]:
            limits = f"= {one.least}" if one.exact else f"in {one.least}–{one.most}"
            lines.append(f"  {self.where(one)} {limits}")
            lines += [f"      guess: {relation.label}" for relation in guessed(one)]
            sums = len(one.because) - len(guessed(one))
            lines.append(f"      with {sums} sums within tables" if sums else "")
        if len(findings) > LISTED:
            lines.append(f"  … and {len(findings) - LISTED} more (--json lists all)")
        return [line for line in lines if line]


def guessed(finding: Finding) -> list[Relation]:
    return [relation for relation in finding.because if relation.guessed]
