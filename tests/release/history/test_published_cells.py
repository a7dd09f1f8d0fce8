"""What later readers know of figures that a revision withheld."""

from types import SimpleNamespace

from openresponse.release.history import published_cells
from support.tables import hide, line, publish


def test_what_a_revision_withheld_may_be_another_figure_in_every_month_after_it(monkeypatch):
    t = line([12, 20, 30])
    none, some = hide(t), hide(t, ("k0",), ("k1",))
    tables = {
        "2026-01": publish([t], {"t": none}),
        "2026-01-r1": publish([t], {"t": some}),
        "2026-02": publish([t], {"t": some}),
    }
    monkeypatch.setattr(published_cells, "count_tables", lambda release: tables[release.name])
    releases = [
        SimpleNamespace(name=name, revision={"of": "2026-01"} if "-r" in name else None)
        for name in tables
    ]
    (first,), *after = published_cells.as_read(releases)
    assert "carried_forward" not in first.cells
    for (table,) in after:
        earlier = table.cells.set_index("kind")["carried_forward"].dropna()
        assert dict(earlier) == {"k0": 12, "k1": 20}
