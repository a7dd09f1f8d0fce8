"""The walk of the README, on a small city: each step works, and the site can be made after each."""

import pytest

from openresponse.errors import ReleaseError
from support.life import STEPS, UNCHANGED


@pytest.mark.parametrize("step", STEPS)
def test_each_step_works_and_so_does_the_site_after_it(life, step):
    assert life.results[step] == (ReleaseError.exit_code if step == UNCHANGED else 0)


@pytest.mark.parametrize(
    ("step", "release"),
    [
        ("the site of 2025-01", "2025-01"),
        ("the site of 2025-02", "2025-02"),
        ("the site of 2025-03", "2025-03"),
        ("the site with late records", "2025-03-r1"),
        ("the site after the withdrawal", "2025-03-r1"),
    ],
)
def test_each_site_shows_the_release_of_its_step(life, step, release):
    shown = (life.site(step) / "release.json").read_text(encoding="utf-8")
    assert f'"release": "{release}"' in shown
