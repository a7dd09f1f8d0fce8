import pikepdf
import pytest

from openresponse.report import brief, parts


@pytest.fixture(scope="module")
def written(published, tmp_path_factory):
    return brief.write(published, tmp_path_factory.mktemp("brief"))


def tags(node, found):
    """Every element of the structure tree, in reading order."""
    for child in node.get("/K", []) if isinstance(node.get("/K", []), pikepdf.Array) else [node["/K"]]:
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


def test_front_matter_survives_quotes():
    assert parts.quoted('a "b" \\ c') == '"a \\"b\\" \\\\ c"'
