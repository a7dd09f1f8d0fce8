"""Pages as both site engines read them."""

import html
import re

import pytest
import yaml
from markdown_it import MarkdownIt

from openresponse.report.html import qmd

LABELS = [
    "[l](u)",
    "B_2 and C_3, *new*",
    "<b>R&D</b>",
    "R &amp; D",
    "a `code` of $5^2$ ~ 3 @you {x} | # 1",
    "1. Downtown",
    "- North",
    'the "old" \\ port',
]


@pytest.mark.parametrize("label", LABELS)
def test_a_title_is_plain_text_to_an_engine_that_reads_markdown(label):
    title = yaml.safe_load(qmd.quoted(label))
    shown = MarkdownIt("commonmark", {"html": True}).render(title)
    paragraph = re.fullmatch(r"<p>([^<>]*)</p>\n", shown)
    assert paragraph
    assert html.unescape(paragraph[1]) == label


def test_a_title_without_signs_of_markdown_stands_as_it_is():
    assert qmd.quoted("Brief for October 2026 (fictional data)") == (
        '"Brief for October 2026 (fictional data)"'
    )


def test_nothing_in_a_page_closes_the_block_of_html(tmp_path):
    path = qmd.page(tmp_path, "a.qmd", "A", "B", "<p>x\n```\n# Title\n</p>")
    assert path.read_text(encoding="utf-8").count("\n```\n") == 1
