"""The check that every text has its Dutch: it must see every way a text is written."""

import polib
import pytest

from scripts.check_texts import NotAText, Text, problem_of, texts_of_python, texts_of_template


def test_it_reads_every_call_of_gettext() -> None:
    source = (
        '_("a")\nngettext("b", "bs", n)\npgettext("c", "d")\ngettext_lazy("e" "f")\ntranslation.gettext("g")'
    )

    texts = [text for _, text in texts_of_python(source)]

    assert texts == [Text("a"), Text("b", "bs"), Text("d", context="c"), Text("ef"), Text("g")]


def test_a_text_made_at_run_time_is_a_fault() -> None:
    [(line, problem)] = texts_of_python("x = 1\n_(f'hello {x}')")

    assert line == 2
    assert isinstance(problem, NotAText)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{% trans "a" %}', Text("a")),
        ('{% translate "a (b) %" as c %}', Text("a (b) %%")),
        ('{% include "x.html" with title=_("a") %}', Text("a")),
        ('{% translate "a" context "b" %}', Text("a", context="b")),
        ("{% blocktranslate trimmed with n=m %}\n a {{ n }}\n b\n{% endblocktranslate %}", Text("a %(n)s b")),
        (
            "{% blocktranslate count n=m %}a{% plural %}{{ n }} as{% endblocktranslate %}",
            Text("a", "%(n)s as"),
        ),
    ],
)
def test_it_reads_every_tag(template: str, text: Text) -> None:
    [(_, found)] = texts_of_template(f"<p>isn't</p>\n{template}\n<p>(1)</p>")

    assert found == text


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (None, "has no Dutch"),
        (polib.POEntry(msgid="%(n)s a", msgstr=""), "has no Dutch"),
        (polib.POEntry(msgid="%(n)s a", msgstr="%(n)s b", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="%(n)s a", msgstr="%(m)s b"), "placeholders"),
        (polib.POEntry(msgid="%(n)s a", msgstr="%(n)s b"), ""),
    ],
)
def test_it_says_what_is_wrong_with_a_translation(entry: polib.POEntry | None, problem: str) -> None:
    found = problem_of(Text("%(n)s a"), entry)

    assert problem in found
    assert bool(found) == bool(problem)
