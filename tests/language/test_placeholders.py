"""A translation keeps the names of its English, and the brackets by which figures are read."""

import pytest

from openresponse.language.placeholders import fault

SHARE = "{when}police came to {share} of calls ({n} of {of})"
BEFORE = "That is {points} more than {within} ({before})"


@pytest.mark.parametrize(
    "english, translation, wrong",
    [
        ("Data", "Datos", ""),
        ("{n} calls", "{n} llamadas", ""),
        ("{n} calls", "llamadas", "look at n"),
        ("{n} calls", "{m} llamadas", "look at m, n"),
        ("{n} calls", "{n llamadas", "brace"),
        (SHARE, "{when}la policía acudió al {share} de las llamadas ({n} de {of})", ""),
        (SHARE, "{when}警察回應了{share}的電話（{n}次，共{of}次）", ""),
        (SHARE, "{when}{share} de {of}: vino la policía ({n})", "{n}, {of} in one pair"),
        (SHARE, "{when}de {of} a {n} acudió la policía, un {share}", "{n}, {of} in one pair"),
        (SHARE, "{when}({of}, {n}) {share}", "in this order"),
        (SHARE, "{when}({n} de {of}), un {share}", "{share} before the brackets"),
        (BEFORE, "Son {points} más que {within} ({before})", ""),
        (BEFORE, "比{within}（{before}）多{points}", ""),
        (BEFORE, "Son {points} ({before}) más que {within}", "right after the name"),
    ],
)
def test_what_a_translation_lacks_is_named(english, translation, wrong):
    found = fault(english, translation)
    assert wrong in found and bool(wrong) == bool(found)
