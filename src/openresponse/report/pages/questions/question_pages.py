"""The page of each question that a release answers, and the page that lists them."""

from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures.figure import Figure
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.pages.findings import Finding
from openresponse.report.pages.questions.question import QUESTIONS, Question
from openresponse.report.prose import sentences

FOLDER = "questions"
LISTED = (N_("Questions"), N_("What people ask of crisis response, and what the figures say."))


@dataclass(frozen=True)
class Answered:
    """A question in a list. href: its page, from the site's first folder."""

    href: str
    title: str
    answer: str


@dataclass(frozen=True)
class QuestionPage:
    """answer: the first finding answers. know: what to know before using it. root: the way to the
    site's first folder.
    """

    answer: list[Finding]
    main: Figure | None
    know: list[str]
    more: list[Figure]
    root: str


def answered(published: Published) -> list[Answered]:
    """The questions that the release answers, each with its answer."""
    return [
        Answered(f"{FOLDER}/{question.slug}.html", _(question.title), answer[0].level)
        for question in QUESTIONS
        if (answer := question.answer(published))
    ]


def write(published: Published, out: Path) -> tuple[list[Path], list[Figure]]:
    """Write them into `out/questions`; the paths, and the figures in them. Nothing where the
    release answers none.
    """
    listed = answered(published)
    if not listed:
        return [], []
    title, what = map(_, LISTED)
    html = render("questions.html", questions=listed, root=_root())
    paths, drawn = [qmd.page(out, f"{FOLDER}/index.qmd", title, what, html)], []
    for question in QUESTIONS:
        answer = question.answer(published)
        if answer:
            page = view(published, question, answer)
            html = render("question.html", page=page)
            name = f"{FOLDER}/{question.slug}.qmd"
            paths.append(qmd.page(out, name, _(question.title), _(question.what), html))
            drawn += [*([page.main] if page.main else []), *page.more]
    return paths, drawn


def view(published: Published, question: Question, answer: list[Finding]) -> QuestionPage:
    figures = question.pictures(published)
    grains = tuple({published.grain(figure.table) for figure in figures[:1]})
    return QuestionPage(
        answer=answer,
        main=figures[0] if figures else None,
        know=[
            *map(_, question.know),
            *filter(None, [sentences.provisional(published, grains)]),
        ],
        more=figures[1:],
        root=_root(),
    )


def _root() -> str:
    """The way from a page of questions to the site's first folder."""
    return f"{language.now().root}../"
