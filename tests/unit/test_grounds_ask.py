"""Cases of `ask` written by hand from the texts of the law, half of them denials. The id names the source."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from samenhang.grounds.rules import (
    UnknownTerm,
    ask,
    basis_in_words,
    identity_providers,
    law,
    permitted_tuples,
    said,
)
from samenhang.grounds.rules.disclosure import preference

JUNE_2014 = date(2014, 6, 30)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


LAWFUL = {
    "Wiv 2002 art. 38: the service to the designated prosecutor in 2014": (
        "AIVD", "LOVJ", "official-message", "investigation", JUNE_2014,
    ),
    "Wiv 2017 art. 66: the other service to the designated prosecutor today": (
        "MIVD", "LOVJ", "official-message", "prosecution", TODAY,
    ),
    "Wiv 2002 art. 62: customs must tell the service in 2014": (
        "DOUANE", "AIVD", "finance", "intelligence-task", JUNE_2014,
    ),
    "Wiv 2017 art. 91: the immigration service to the service since 2018": (
        "IND", "AIVD", "immigration-status", "intelligence-task", date(2018, 5, 1),
    ),
    "Wiv 2017 art. 65(3): the mayor brings a message with consent of the service": (
        "BURG", "CASUS", "official-message", "person-centred-approach", TODAY,
    ),
    "Wpg art. 20(4): police data into the conference on the first day of the Act": (
        "POL", "CASUS", "police-data", "person-centred-approach", date(2025, 7, 1),
    ),
    "Wet PGA art. 5(2): anyone may report to the mayor": (
        "ANY", "BURG", "signal", "weighing", TODAY,
    ),
    "AKW art. 1(e): a service notifies the body that decides on the benefit": (
        "AIVD", "SVB", "traveller-notification", "benefit-decision", date(2017, 10, 1),
    ),
    "Wct&nv art. 6(b): the mayor to the coordinator after a concrete event": (
        "BURG", "NCTV", "signal", "coordination", TODAY,
    ),
    "UW TOI art. 8(2): the online authority to the police": (
        "ATKM", "POL", "online-content", "investigation", TODAY,
    ),
    "Paspoortwet art. 25: the minister asks for a passport alert in 2014 under the name of then": (
        "VENJ", "BZK", "travel-document", "passport-decision", JUNE_2014,
    ),
    "Twbmt art. 7(1): the mayor to the minister on the last day of the Act": (
        "BURG", "JENV", "signal", "temporary-measure", date(2027, 2, 28),
    ),
    "Wet PGA art. 5(2) 'een ieder': a school reports a pupil to the police": (
        "SCHOOL", "POL", "signal", "weighing", TODAY,
    ),
    "Wet PGA art. 5(2): anyone may report to the prosecution service as well": (
        "ANY", "OM", "signal", "weighing", TODAY,
    ),
    "Wpg art. 16(1)(b) in 2014: the police to the mayor for public order": (
        "POL", "BURG", "police-data", "public-order", JUNE_2014,
    ),
    "PNR-wet art. 9: the passenger unit to the police": (
        "PINL", "POL", "passenger-data", "investigation", TODAY,
    ),
    "PNR-wet art. 10: the passenger unit to that of another Member State": (
        "PINL", "EUPIU", "passenger-data", "investigation", TODAY,
    ),
    "UW TOI art. 8(2): the online authority to the military service": (
        "ATKM", "MIVD", "online-content", "intelligence-task", TODAY,
    ),
    "Wiv 2017 art. 94: the whole tax service owes the duty since 2018": (
        "BD", "AIVD", "finance", "intelligence-task", date(2018, 5, 1),
    ),
    "Wiv 2002 art. 62: the Marechaussee tells the service what may matter, travel or not": (
        "KMAR", "AIVD", "police-data", "intelligence-task", JUNE_2014,
    ),
    "Participatiewet art. 13: a service notifies the desk that decides on assistance": (
        "MIVD", "SOZA", "traveller-notification", "benefit-decision", TODAY,
    ),
    "Wct&nv art. 6(d): probation to the coordinator after a concrete event": (
        "RECL", "NCTV", "supervision", "coordination", TODAY,
    ),
    "Wct&nv art. 7(1)(b): the coordinator to the police": (
        "NCTV", "POL", "signal", "coordination", TODAY,
    ),
    "Wjsg art. 39fb: the prosecution service brings what it prosecuted to the conference": (
        "OM", "CASUS", "judicial-data", "person-centred-approach", TODAY,
    ),
    "Wet PGA art. 4(e): the Child Protection Board brings what the plan needs": (
        "RVDK", "CASUS", "youth-care", "person-centred-approach", date(2025, 7, 1),
    ),
    "Wet PGA art. 5(6): the participant that submitted is told the outcome": (
        "WEEG", "RECL", "case-status", "weighing", TODAY,
    ),
    "Wet PGA art. 16(2): the conference sends the audit to the supervisor": (
        "CASUS", "AP", "processing-record", "oversight", TODAY,
    ),
}  # fmt: skip

UNLAWFUL = {
    "Wet PGA art. 3(1): the services are no participants of the conference": (
        "AIVD", "CASUS", "official-message", "person-centred-approach", TODAY,
    ),
    "Wiv 2017 art. 66: only the designated member, not the prosecution service": (
        "AIVD", "OM", "official-message", "investigation", TODAY,
    ),
    "covenant CT Infobox: the closed box never notifies a benefit body": (
        "CTBOX", "SVB", "traveller-notification", "benefit-decision", TODAY,
    ),
    "covenant CT Infobox: what the box advises goes to no benefit body either": (
        "CTBOX", "SOZA", "box-advice", "benefit-decision", JUNE_2014,
    ),
    "AKW art. 1(e): the mayor is no investigative or intelligence service": (
        "BURG", "SVB", "traveller-notification", "benefit-decision", TODAY,
    ),
    "AKW before 1 October 2017: no notification existed": (
        "AIVD", "SVB", "traveller-notification", "benefit-decision", date(2017, 9, 30),
    ),
    "Wpg art. 20(4) names the police only, not the Marechaussee": (
        "KMAR", "CASUS", "police-data", "person-centred-approach", TODAY,
    ),
    "Wct&nv art. 6: the police are not among those who provide to the coordinator": (
        "POL", "NCTV", "police-data", "coordination", TODAY,
    ),
    "Wct&nv art. 7(1): the coordinator does not provide to the conference": (
        "NCTV", "CASUS", "signal", "coordination", TODAY,
    ),
    "Wiv 2002 art. 60: the immigration service was not named in 2014": (
        "IND", "AIVD", "immigration-status", "intelligence-task", JUNE_2014,
    ),
    "Wiv 2002 art. 62: the duty bound customs, not the whole tax service": (
        "BD", "AIVD", "finance", "intelligence-task", JUNE_2014,
    ),
    "PNR-wet art. 9: the services are not on the closed list of receivers": (
        "PINL", "AIVD", "passenger-data", "intelligence-task", TODAY,
    ),
    "Wet PGA art. 5(6): a citizen who reported is not told the outcome": (
        "WEEG", "ANY", "case-status", "weighing", TODAY,
    ),
    "Twbmt art. 13(2): the Act has lapsed on 1 March 2027": (
        "BURG", "JENV", "signal", "temporary-measure", date(2027, 3, 1),
    ),
    "RWN art. 14(4): after the power lapsed no message can serve it": (
        "AIVD", "JENV", "official-message", "nationality-decision", date(2027, 3, 1),
    ),
    "Wpg art. 20 covenants ended the day the Act began": (
        "POL", "COLL", "police-data", "person-centred-approach", date(2025, 7, 1),
    ),
    "UW TOI art. 8: with the prosecution service the online authority only consults": (
        "ATKM", "OM", "online-content", "investigation", TODAY,
    ),
    "Wet PGA art. 5(2) lets a school report, not hand over its files to the police": (
        "SCHOOL", "POL", "education", "investigation", TODAY,
    ),
    "Wet PGA art. 3(3): a third party is let in by the conference, not by the mayor alone": (
        "BURG", "DERDE", "plan", "person-centred-approach", TODAY,
    ),
    "Wet PGA art. 5(3): on the last day before the Act there was no triage panel": (
        "POL", "WEEG", "signal", "weighing", date(2025, 6, 30),
    ),
    "Wet PGA art. 3(1): the immigration service is no participant of the conference": (
        "IND", "CASUS", "immigration-status", "person-centred-approach", TODAY,
    ),
    "own secrecy of the municipality in 2014: no benefit file to the conference": (
        "COLL", "CASUS", "benefit", "person-centred-approach", JUNE_2014,
    ),
    "PNR-wet art. 9: the coordinator is not on the closed list of receivers": (
        "PINL", "NCTV", "passenger-data", "coordination", TODAY,
    ),
    "PNR-wet: in 2014 there was no passenger unit": (
        "PINL", "POL", "passenger-data", "investigation", JUNE_2014,
    ),
    "PNR-wet art. 6: passenger data do not reach the conference by way of the police": (
        "POL", "CASUS", "passenger-data", "person-centred-approach", TODAY,
    ),
    "Twbmt art. 7(1): the police go through the mayor, not straight to the minister": (
        "POL", "JENV", "police-data", "temporary-measure", TODAY,
    ),
    "Wct&nv art. 7(1): the coordinator does not provide to Europol": (
        "NCTV", "EUROPOL", "signal", "coordination", TODAY,
    ),
    "Wct&nv art. 6: the prosecution service is not among those who provide to the coordinator": (
        "OM", "NCTV", "judicial-data", "coordination", TODAY,
    ),
    "before Wct&nv: in 2014 the coordinator had no ground for named cases": (
        "BURG", "NCTV", "signal", "coordination", JUNE_2014,
    ),
    "AKW art. 1(e): the conference cannot set off the stop of a benefit": (
        "CASUS", "SVB", "traveller-notification", "benefit-decision", TODAY,
    ),
    "BW 7:457: the psychiatrist's file does not go to the police": (
        "GGZ", "POL", "health", "investigation", TODAY,
    ),
    "covenant CT Infobox: advice only, never what lies in the box": (
        "CTBOX", "POL", "police-data", "investigation", TODAY,
    ),
    "AWR art. 67: the tax service keeps its secret towards the mayor": (
        "BD", "BURG", "finance", "public-order", TODAY,
    ),
}  # fmt: skip

# Allowed, but only while each of these is met.
CONDITIONAL = {
    "Wiv 2017 art. 65(3): no consent of the service": (
        "BURG", "CASUS", "official-message", "person-centred-approach", TODAY, "source-consent",
    ),
    "Wet PGA art. 5(3): no unanimous judgement": (
        "POL", "CASUS", "police-data", "person-centred-approach", TODAY, "only-after-unanimity",
    ),
    "Wpg art. 20(2): a covenant without a recorded decision": (
        "POL", "COLL", "police-data", "person-centred-approach", JUNE_2014, "covenant-decision-recorded",
    ),
    "BW 7:457: health data without consent": (
        "GGZ", "CASUS", "health", "person-centred-approach", TODAY, "subject-consent",
    ),
    "Wiv 2017 art. 66: loose text in place of a numbered message": (
        "AIVD", "LOVJ", "official-message", "investigation", TODAY, "official-message-only",
    ),
    "Wct&nv art. 2(2)(b): no concrete event": (
        "BURG", "NCTV", "signal", "coordination", TODAY, "concrete-event",
    ),
    "Wet PGA art. 3(3): a third party that was not let in": (
        "CASUS", "DERDE", "plan", "person-centred-approach", TODAY, "third-party-grant",
    ),
    "Wet PGA art. 6(3): a participant after the case was closed": (
        "CASUS", "RECL", "plan", "person-centred-approach", TODAY, "case-open",
    ),
    "Wet PGA art. 7(2): who brought it in objects to its going to another municipality": (
        "CASUS", "CASUS", "plan", "person-centred-approach", TODAY, "source-veto-clear",
    ),
    "PNR-wet art. 6: no person looked at the hit": (
        "PINL", "POL", "passenger-data", "investigation", TODAY, "human-review",
    ),
    "Wpg art. 17a: the police of a third country, its human rights not looked at": (
        "POL", "FPOL3", "police-data", "investigation", TODAY, "human-rights-check",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LAWFUL.values(), ids=LAWFUL.keys())
def test_the_law_allows(case: tuple[str, str, str, str, date]) -> None:
    answer = ask(*case)

    assert answer.permitted, answer.sentence
    assert answer.rule
    assert said(answer.basis) in answer.sentence


@pytest.mark.parametrize("case", UNLAWFUL.values(), ids=UNLAWFUL.keys())
def test_the_law_does_not_allow(case: tuple[str, str, str, str, date]) -> None:
    answer = ask(*case)

    assert answer.answer == "deny", answer.sentence
    assert answer.rule is None


@pytest.mark.parametrize("case", CONDITIONAL.values(), ids=CONDITIONAL.keys())
def test_the_law_allows_it_only_while_the_condition_is_met(
    case: tuple[str, str, str, str, date, str],
) -> None:
    *question, condition = case

    met = ask(*question)  # type: ignore[arg-type]
    missing = ask(*question, not_met=[condition])  # type: ignore[arg-type]

    assert met.permitted
    assert (missing.answer, missing.conditions) == ("deny", (condition,))
    assert missing.rule == met.rule


def test_a_second_road_is_taken_where_the_first_is_closed() -> None:
    """Wiv 2017 art. 88-89 asks a weighed relation; art. 64 does without, with the minister's consent."""
    message = ("AIVD", "FSVC", "official-message", "intelligence-task", TODAY)

    usual = ask(*message)
    other = ask(*message, not_met=["cooperation-relation-weighed"])
    neither = ask(*message, not_met=["cooperation-relation-weighed", "minister-consent"])

    assert (usual.rule, other.rule, neither.answer) == ("SVC-FSVC-17", "SVC-FSVC-64", "deny")


def test_an_effect_is_attached_and_never_holds_a_disclosure_back() -> None:
    answer = ask("AIVD", "LOVJ", "official-message", "investigation", TODAY, not_met=["log-provision"])

    assert answer.permitted
    assert "log-provision" in answer.effects


def test_identity_alone_needs_its_own_rule_and_only_accompanies_otherwise() -> None:
    alone = ask("POL", "CASUS", "identity", "person-centred-approach", TODAY)
    accompanied = ask("POL", "CASUS", "police-data", "person-centred-approach", TODAY)
    own_rule = ask("SIRENE", "KMAR", "identity", "border-check", TODAY)
    pseudonymous = ask("NCTV", "BURG", "signal", "coordination", TODAY)

    assert not alone.permitted
    assert "Identity may accompany" in alone.sentence
    assert accompanied.identity_accompanies
    assert own_rule.permitted
    assert pseudonymous.permitted
    assert not pseudonymous.identity_accompanies


def test_identity_goes_along_with_what_points_to_a_person_only() -> None:
    assert "POL" in identity_providers("CASUS", "person-centred-approach", TODAY)
    assert "KMAR" not in identity_providers("CASUS", "person-centred-approach", TODAY)
    assert identity_providers("BURG", "coordination", TODAY) == frozenset()
    assert ("NCTV", "signal") in permitted_tuples("BURG", "coordination", TODAY)


def test_of_two_rules_the_best_read_comes_first_then_the_one_that_names_the_bodies() -> None:
    read = next(rule for rule in law().rules if rule.mark == "V" and not rule.wildcards)
    partly = replace(read, id="A", mark="V-part")
    known = replace(read, id="B", mark="G")
    wide = replace(read, id="C", provider="kind:service")

    ordered = sorted([known, partly, wide, read], key=preference)

    assert ordered == [read, wide, partly, known]


def test_special_data_go_only_where_the_basis_carries_them_and_they_are_strictly_necessary() -> None:
    carries = ("POL", "CASUS", "police-data", "person-centred-approach", TODAY)
    refuses = ("COLL", "CASUS", "benefit", "person-centred-approach", TODAY)

    assert "special-data-necessity" in ask(*carries, special=True).conditions
    assert not ask(*carries, special=True, not_met=["special-data-necessity"]).permitted
    assert ask(*refuses).permitted
    assert not ask(*refuses, special=True).permitted


def test_an_old_name_answers_only_in_its_own_time() -> None:
    today = ask("VENJ", "BZK", "travel-document", "passport-decision", TODAY)

    assert not today.permitted
    assert "JENV" in today.sentence


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        (("aivd", "LOVJ", "official-message", "investigation"), "AIVD"),
        (("AIVD", "LOVJJ", "official-message", "investigation"), "LOVJ"),
        (("AIVD", "LOVJ", "official-mesage", "investigation"), "official-message"),
        (("AIVD", "LOVJ", "official-message", "investigating"), "investigation"),
        (("kind:service", "LOVJ", "official-message", "investigation"), "kind:service"),
    ],
)
def test_an_unknown_term_is_an_error_with_a_hint_and_never_a_denial(
    question: tuple[str, str, str, str], hint: str
) -> None:
    with pytest.raises(UnknownTerm, match=hint):
        ask(*question, TODAY)


def test_an_unknown_condition_is_an_error_too() -> None:
    with pytest.raises(UnknownTerm, match="source-consent"):
        ask("BURG", "CASUS", "official-message", "person-centred-approach", TODAY, not_met=["source-concent"])


def test_a_stored_basis_is_told_by_its_article_and_what_is_no_rule_stays() -> None:
    assert basis_in_words("CASUS-PART-PLAN") == (
        "Wet PGA art. 6(1)-(2): the case conference may give the plan to a participant of the case conference"
        " for the person-centred approach (rule CASUS-PART-PLAN)"
    )
    assert basis_in_words("covenant:1") == "Covenant of the partners, number 1"
    assert basis_in_words("Wet PGA art. 5(3)") == "Wet PGA art. 5(3)"


def test_a_dutch_denial_reads_as_a_sentence() -> None:
    with translation.override("nl"):
        denied = ask("SCHOOL", "POL", "official-message", "investigation", TODAY).sentence

    assert "geen een" not in denied
    assert "niet geven aan" in denied
