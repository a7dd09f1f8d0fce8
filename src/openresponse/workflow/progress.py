"""How far a run is, for whoever waits: a bar on a terminal, plain lines in a log, nothing for a
machine.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Display
from rich.progress_bar import ProgressBar
from rich.table import Column
from rich.table import Table as Drawn
from rich.text import Text

from openresponse.report.figures.datatable import Cell, Table

Part = Callable[[str], None]  # to be called with the part of a stage that is being made
WIDE = 160  # letters in a line of a log
ALMOST = 0.99  # a bar is full when the stage has ended, and not when its time is over


class Progress:
    """Says nothing."""

    def say(self, line: str) -> None:
        """A line that stays."""

    def show(self, table: Table) -> None:
        """A table that stays."""

    @contextmanager
    def stage(self, line: str, expected: float | None = None) -> Iterator[Part]:
        """While something is made that takes long. expected: the seconds it took the last time."""
        yield lambda part: None


class Lines(Progress):
    """A line as each stage begins."""

    def show(self, table: Table) -> None:
        Console(width=WIDE, no_color=True).print(_drawn(table))

    def say(self, line: str) -> None:
        print(line, flush=True)

    @contextmanager
    def stage(self, line: str, expected: float | None = None) -> Iterator[Part]:
        self.say(f"{line} ...")
        yield lambda part: None


class Bars(Progress):
    """A moving line for the stage at work, with the time left where a run before tells it; a line
    that stays when the stage has ended.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console()

    def say(self, line: str) -> None:
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def show(self, table: Table) -> None:
        self.console.print(_drawn(table))

    @contextmanager
    def stage(self, line: str, expected: float | None = None) -> Iterator[Part]:
        with Display(
            SpinnerColumn(),
            # The words give way where the terminal is narrow.
            TextColumn(
                "{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True)
            ),
            _Expected(bar_width=16),
            TimeElapsedColumn(table_column=Column(no_wrap=True, min_width=7)),
            _Left(table_column=Column(no_wrap=True, min_width=len("about 88 min left"))),
            console=self.console,
            expand=True,
            transient=True,
        ) as display:
            task = display.add_task(line, total=expected)
            yield lambda part: display.update(task, description=f"{line}: {part}")
            seconds = display.tasks[0].elapsed or 0
        self.say(f"{line} ({_duration(seconds)})")


class _Expected(BarColumn):
    """A bar that fills in the time that the stage took before."""

    def render(self, task: Task) -> ProgressBar:
        if task.total:
            task.completed = min(task.elapsed or 0, ALMOST * task.total)
        return super().render(task)


class _Left(ProgressColumn):
    def render(self, task: Task) -> Text:
        left = (task.total or 0) - (task.elapsed or 0)
        return Text(f"about {_duration(left)} left" if left > 0 else "")


def _drawn(table: Table) -> Drawn:
    """A table for a terminal; what is in it is text, whatever it looks like."""
    drawn = Drawn(title=Text(table.caption), title_justify="left")
    for number, name in enumerate(table.columns):
        drawn.add_column(Text(name), justify="right" if number in table.numeric else "left")
    for row in table.rows:
        drawn.add_row(*(_text(cell) for cell in row))
    return drawn


def _text(cell: str | Cell) -> Text:
    if isinstance(cell, str):
        return Text(cell)
    return Text("  " * int(cell.value) + cell.text if cell.kind == "depth" else cell.text)


def _duration(seconds: float) -> str:
    """`48 s` or `3 min`: nobody plans by the second."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
