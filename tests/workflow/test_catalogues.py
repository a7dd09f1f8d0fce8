"""The texts that a catalogue should have."""

from openresponse.program import load
from openresponse.workflow import catalogues
from support.workspace import ROOT


def test_the_texts_of_a_template_are_found():
    found = catalogues.of_template(
        '{{ _("One") }}<p title="{{ pgettext("words", "Two") }}">{% call a(_("Three") | upper) %}'
        '{{ ngettext("{n} bird", "{n} birds", n, n=n) }}{% endcall %}'
        """{{ _markup('See <a href="{root}">four'
                      '</a>', root=root) }}</p>{{ other("Five") }}"""
    )
    assert set(found) == {
        ("One", None),
        ("Two", "words"),
        ("Three", None),
        (("{n} bird", "{n} birds"), None),
        ('See <a href="{root}">four</a>', None),
    }


def test_the_texts_of_every_template_are_in_the_template_of_catalogues():
    texts = {message.id for message in catalogues.template(load(ROOT / "program.yml"))}
    assert "Need help now?" in texts
