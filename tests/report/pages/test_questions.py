import re

from markupsafe import escape

from openresponse.report.charts import event_lines
from openresponse.report.figures import place_shares, trends
from openresponse.report.html.environment import render
from openresponse.report.pages import home, model, tiles
from openresponse.report.pages.questions import question_pages
from openresponse.report.pages.questions.question import QUESTIONS
from openresponse.report.prose.faces import FACES
from openresponse.report.prose.launches import Event
from support import invented


def page_of(published, slug: str) -> str:
    question = next(one for one in QUESTIONS if one.slug == slug)
    view = question_pages.view(published, question, question.answer(published))
    return render("question.html", page=view)


def test_a_question_begins_with_its_answer_and_has_a_main_picture(published):
    slugs = [question.slug for question in QUESTIONS if question.answer(published)]
    assert {"right-help", "how-long", "what-happens", "fair", "cost"} <= set(slugs)
    for slug in slugs:
        html = page_of(published, slug)
        assert re.match(r'<div class="answered">\s*<div>\s*<p><strong class="answer">', html)
        assert html.index('id="know"') > html.index("<svg") > html.index('class="answer"')


def test_a_question_has_at_most_four_pictures_beside_the_main_one(published):
    for question in QUESTIONS:
        assert len(question.pictures(published)) <= 5


def test_a_question_without_a_figure_has_no_page_and_no_line(invent, tmp_path):
    only_police = invent("responders")
    assert question_pages.answered(only_police) == []
    assert question_pages.write(only_police, tmp_path) == ([], [])
    assert "What people ask" not in home.body(only_police)[0]


def test_the_home_page_answers_each_question_and_links_its_page(published):
    html, _figures = home.body(published)
    for one in question_pages.answered(published):
        assert f'href="{one.href}"' in html and str(escape(one.answer)) in html


def test_a_tile_has_its_number_with_what_it_is_of_and_its_period(published):
    shown = {tile.name: tile for tile in tiles.of_city(published)}
    police = shown["Police on scene, of mental-health calls"]
    row = published.tables["responders"].query(
        "period == '2026-10' and responders == 'police_on_scene'"
    )
    n, of, share = row[["incidents", "all_incidents", "share_of_all"]].iloc[0]
    assert police.large == f"{share:.1%}"
    assert police.exact == f"({n:,.0f} of {of:,.0f}), October 2026"


def withheld(published, period: str, **codes: str):
    """The release without the figures of who came in a period, or of these codes alone."""
    frame = published.tables["responders"]
    rows = frame["period"] == period
    for column, code in codes.items():
        rows &= frame[column] == code
    return invented.altered(
        published,
        "responders",
        incidents=frame["incidents"].mask(rows),
        incidents_status=frame["incidents_status"].mask(rows, "c"),
        share_of_all=frame["share_of_all"].mask(rows),
        share_of_all_status=frame["share_of_all_status"].mask(rows, "c"),
    )


def test_the_line_of_a_tile_stops_at_a_gap(published):
    hidden = withheld(published, "2026-05", responders="police_on_scene")
    lines = {tile.name: tile.line for tile in tiles.of_city(hidden)}
    assert len(lines["Police on scene, of mental-health calls"]) == 2


def test_a_withheld_newest_figure_has_no_tile(published):
    hidden = withheld(published, "2026-10")
    assert "Police on scene, of mental-health calls" not in {t.name for t in tiles.of_city(hidden)}


def test_a_model_has_a_profile_and_a_page_of_all_its_figures(published, tmp_path):
    paths, drawn = model.write(published, tmp_path)
    names = {path.name for path in paths}
    assert {"co-response.qmd", "co-response-figures.qmd", "peer-led.qmd"} <= names
    assert "peer-led-figures.qmd" not in names
    profile = (tmp_path / "models" / "co-response.qmd").read_text()
    assert 'href="co-response-figures.html"' in profile
    assert not any(figure.name in profile for figure in drawn)


def test_places_are_drawn_from_the_highest_share_with_that_of_a_year_before(published):
    figure = place_shares.figure(published, "districts", FACES["service"])
    shares = [row[1] for row in figure.tables[0].rows]
    known = [float(one.split("%")[0]) for one in shares if isinstance(one, str)]
    assert known == sorted(known, reverse=True)


def test_the_beginning_of_a_model_is_marked_in_every_chart_through_time(published):
    picture = trends.figure(published, "clinician_attendance").picture
    assert "Alternative response begins" in picture and "stroke-dasharray" in picture


def test_what_began_with_the_series_or_before_it_is_not_marked():
    periods = ["2026-Q1", "2026-Q2", "2026-Q3"]
    begun = [Event("2025-11", "a"), Event("2026-02", "b"), Event("2026-05", "c")]
    marked = event_lines.placed(begun, periods)[["period", "words"]]
    assert list(marked.itertuples(index=False)) == [("2026-Q2", "c")]
