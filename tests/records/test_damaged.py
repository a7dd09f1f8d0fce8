"""Whatever a hand, a system or a spreadsheet does to a file, it is read or refused in one sentence
that names no cell: no traceback, and nothing that takes for ever. The bench tries 10,000.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import damage
from support.cities import FULL

SEEDS = st.integers(0, 10**9)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return damage.small_city(tmp_path_factory.mktemp("damaged"))


@settings(max_examples=250 if FULL else 40)
@given(seed=SEEDS)
def test_a_damaged_extract_is_read_or_refused_in_one_sentence(city, seed):
    assert damage.damaged_extract(seed, *city) == ""


@settings(max_examples=150 if FULL else 25)
@given(seed=SEEDS)
def test_a_damaged_program_file_is_read_or_refused_in_one_sentence(tmp_path_factory, seed):
    text = damage.PROGRAMS[1].read_text(encoding="utf-8")
    assert damage.damaged_program(seed, text, tmp_path_factory.getbasetemp()) == ""
