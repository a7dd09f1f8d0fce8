"""How far a run is: time left where a run before tells it, and nothing made up."""

import io
import json
import time

import pytest
from rich.console import Console

from openresponse.workflow.city import DURATIONS, City
from openresponse.workflow.progress import Bars, Progress
from support import workspace


@pytest.fixture
def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100)


def shown(terminal: Console) -> str:
    assert isinstance(terminal.file, io.StringIO)
    return terminal.file.getvalue()


def test_the_time_left_is_shown_where_a_run_before_tells_it(terminal):
    with Bars(terminal).stage("Rendering", expected=300) as part:
        part("home")
        time.sleep(0.3)
    assert "about 5 min left" in shown(terminal) and "Rendering: home" in shown(terminal)


def test_no_time_left_is_made_up(terminal):
    with Bars(terminal).stage("Rendering"):
        time.sleep(0.3)
    assert "left" not in shown(terminal) and shown(terminal).endswith("Rendering (0 s)\n")


def test_a_stage_that_fails_leaves_no_line_that_it_is_done(terminal):
    with pytest.raises(ValueError, match="broken"), Bars(terminal).stage("Rendering"):
        raise ValueError("broken")
    assert "Rendering (" not in shown(terminal)


def test_words_in_brackets_are_printed_as_they_are(terminal):
    Bars(terminal).say("[red] is no colour")
    assert shown(terminal) == "[red] is no colour\n"


class Recorded(Progress):
    """Keeps what it is told to expect."""

    def __init__(self) -> None:
        self.expected: list[float | None] = []

    def stage(self, line: str, expected: float | None = None):
        self.expected.append(expected)
        return super().stage(line, expected)


def test_how_long_a_stage_took_is_kept_for_the_next_run(tmp_path):
    recorded = Recorded()
    city = City(workspace.program_file(tmp_path), recorded)
    for _ in range(2):
        with city.stage("render", "Rendering"):
            time.sleep(0.2)
    first, second = recorded.expected
    assert first is None and second is not None and 0.1 <= second < 60
    kept = json.loads((tmp_path / "build" / DURATIONS).read_text(encoding="utf-8"))
    assert list(kept) == ["render"]


def test_a_stage_that_fails_is_no_measure(tmp_path):
    city = City(workspace.program_file(tmp_path))
    with pytest.raises(ValueError, match="broken"), city.stage("render", "Rendering"):
        raise ValueError("broken")
    assert not (tmp_path / "build").exists()
