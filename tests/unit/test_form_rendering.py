"""Every form comes out accessible, without a word in the form itself."""

from django import forms
from django.utils import translation

from samenhang.foundation.inputs import Day, KeyedChoice


class Mixed(forms.Form):
    reason = forms.CharField(label="Reason", help_text="Partners read <this>.")
    until = Day(label="Until", required=False)
    answer = forms.ChoiceField(label="Answer", choices=[("y", "Yes"), ("n", "No")], widget=KeyedChoice)
    body = forms.ChoiceField(label="Body", choices=[("", "choose"), ("a", "A")])


class AllRequired(forms.Form):
    first = forms.CharField()
    second = forms.CharField()


def drawn(form: forms.Form) -> str:
    with translation.override("en"):
        return str(form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "samenhang-errors" not in drawn(Mixed())


def test_the_summary_links_to_each_field_that_is_wrong() -> None:
    html = drawn(Mixed({}))

    assert 'href="#id_reason"' in html
    assert 'href="#id_answer_0"' in html
    assert 'id="id_answer_0"' in html
    assert 'href="#id_until"' not in html


def test_help_and_error_belong_to_the_input() -> None:
    html = drawn(Mixed({}))

    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'id="id_reason_helptext"' in html
    assert 'id="id_reason_error"' in html
    assert "&lt;this&gt;" in html


def test_radio_buttons_are_one_group_with_a_legend() -> None:
    html = drawn(Mixed({}))

    assert '<fieldset aria-describedby="id_answer_error"><legend>Answer' in html
    assert 'data-key="1"' in html


def test_required_is_said_in_words_and_never_left_to_the_browser() -> None:
    html = drawn(Mixed())

    assert html.count("(required)") == 3
    assert 'aria-required="true"' in html
    assert " required" not in html.replace("samenhang-required", "")


def test_one_sentence_is_enough_when_all_is_required() -> None:
    html = drawn(AllRequired())

    assert "Fill in all fields." in html
    assert "(required)" not in html


def test_a_refusal_of_the_whole_form_stands_in_the_summary() -> None:
    form = AllRequired({"first": "a", "second": "b"})
    form.add_error(None, "The case is closed.")

    assert "<li>The case is closed.</li>" in drawn(form)


def test_a_day_is_day_first_in_both_languages_and_never_has_a_two_digit_year() -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            assert str(Day().clean("1-2-2026")) == "2026-02-01"
            form = forms.Form({"day": "1-2-26"})
            form.fields["day"] = Day()
            assert form.errors


def test_an_error_says_what_to_do() -> None:
    html = drawn(Mixed({"reason": "because", "until": "tomorrow", "body": "z"}))

    assert "Write the day as day-month-year, for example 31-12-2026." in html
    assert "Choose one of these." in html
    assert "Choose one from the list; “z” is not in it." in html
    assert "Fill this in." in drawn(AllRequired({}))
