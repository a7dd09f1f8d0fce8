import pikepdf
import pytest
from pypdf import PdfReader

from openresponse import language
from openresponse.report.figures import money
from openresponse.report.figures.datatable import Cell
from openresponse.report.pages import brief
from openresponse.report.prose.localized import localized
from support import invented


@pytest.fixture(scope="module")
def written(published, tmp_path_factory):
    return brief.write(published, tmp_path_factory.mktemp("brief"))


def tags(node, found):
    """Every element of the structure hierarchy, in reading order."""
    for child in (
        node.get("/K", []) if isinstance(node.get("/K", []), pikepdf.Array) else [node["/K"]]
    ):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found.append(child)
            tags(child, found)
    return found


def test_the_brief_is_a_tagged_pdf_of_two_pages_with_title_and_language(written):
    with pikepdf.open(written[0]) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith("en") and pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "Brief for October 2026" in str(pdf.docinfo["/Title"])
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "pdfuaid:part>1<" in metadata.replace(" ", "") or 'pdfuaid:part="1"' in metadata


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize(
    "only",
    [(), ("funnel", "responders", "outcomes", "districts"), ("responders", "response_times")],
    ids=["all tables", "no money", "few tables"],
)
def test_the_brief_fills_two_pages_and_numbers_them(invent, tmp_path, code, only):
    held = invent(*only)
    with language.speaking(code):
        pages = [
            page.extract_text()
            for page in PdfReader(brief.write(localized(held), tmp_path)[0]).pages
        ]
        assert len(pages) == 2
        assert all(
            language._("Page {page} of {pages}", page=n, pages=2) in page
            for n, page in enumerate(pages, start=1)
        )
        assert language._("Findings") in pages[0] and language._("Worth asking") in pages[1]
        assert (language._("The money by model") in pages[0]) == (only == ())


def test_the_money_by_model_says_of_what_and_until_when(published):
    table = money.by_model(published)
    caption, columns, rows = table.caption, table.columns, table.rows
    assert (
        caption
        == "Spending by model to the end of October 2026. Shares are of the $1,750,000 announced"
        " for fiscal year 2022"
    )
    assert columns == ["Model", "In October 2026", "To date", "Share of $1,750,000"]
    assert [row[0] for row in rows] == ["Spending in all", "Co-response", "Peer-led response"]
    last = (
        published.tables["spending"]
        .query("period == '2026-10' and model == 'co_response' and category == 'all'")
        .iloc[0]
    )
    assert rows[1][1:] == [
        f"${last['amount']:,.0f}",
        f"${last['total_to_date']:,.0f}",
        f"{last['share_of_budget']:.1%}",
    ]


def test_spending_that_is_withheld_is_said_and_never_zero(published):
    frame = published.tables["spending"]
    held = invented.altered(
        published,
        "spending",
        amount=frame["amount"].where(frame["model"] != "peer_led"),
        amount_status=frame["model"].map({"peer_led": "c"}).fillna(""),
    )
    assert money.by_model(held).rows[-1][1] == Cell("status", "withheld")


def test_spending_that_tells_no_model_apart_makes_no_table_by_model(published):
    assert money.by_model(invented.altered(published, "spending", model="all")) is None


def test_every_picture_in_the_brief_has_its_text(written):
    with pikepdf.open(written[0]) as pdf:
        found = tags(pdf.Root.StructTreeRoot, [])
        pictures = [tag for tag in found if tag.S == "/Figure"]
        assert len(pictures) == 2 and all(str(tag.Alt) for tag in pictures)
        assert {"/H1", "/Table", "/TH", "/L"} <= {str(tag.S) for tag in found}


def test_a_brief_of_invented_figures_says_so(written):
    with pikepdf.open(written[0]) as pdf:
        assert "fictional data" in str(pdf.docinfo["/Title"])
    assert "(fictional data)" in written[1].read_text()


def test_a_brief_is_the_same_bytes_twice(published, written, tmp_path):
    assert brief.write(published, tmp_path)[0].read_bytes() == written[0].read_bytes()


def test_a_brief_bears_the_day_of_its_publication(published):
    assert f"date: {published.package['created'][:10]}\n" in brief.front_matter(published)


def test_a_release_with_few_tables_has_a_brief(real_city, tmp_path):
    document, front = brief.write(real_city, tmp_path)
    assert document.read_bytes().startswith(b"%PDF") and "fictional" not in front.read_text()
