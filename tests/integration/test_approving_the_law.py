"""A named lawyer approves kinds of measure and enables rules that rest on general knowledge."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from samenhang.grounds import actions, rules
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import approvals
from samenhang.journal import Actor
from samenhang.journal.models import Entry

pytestmark = pytest.mark.django_db

LAWYER = "mr. W. Wetboek (fictitious)"
ASKED = [
    "grounds", "ask", "--provider", "FIU", "--recipient", "OM", "--category", "finance",
    "--purpose", "investigation", "--on", "2026-11-23",
]  # fmt: skip


@pytest.fixture
def adviser(moment: datetime) -> Actor:
    return Actor(
        user="U-TEST",
        organisation="O-TEST",
        authority="JENV",
        roles=frozenset({"legal-adviser"}),
        purpose="temporary-measure",
        now=moment,
    )


def test_a_lawyer_enables_a_rule_and_takes_it_back_at_once(adviser: Actor) -> None:
    today = adviser.today
    question = ("FIU", "OM", "finance", "investigation", today)
    before = rules.ask(*question, enabled=Approval.objects.enabled_on(today))

    approval = actions.approve("FIU-OM", lawyer=LAWYER, reason="Wwft art. 13 read.", by=adviser)
    during = rules.ask(*question, enabled=Approval.objects.enabled_on(today))
    later = replace(adviser, now=adviser.now + timedelta(days=3))
    actions.take_back(approval, reason="Read again.", by=later)
    after = rules.ask(*question, enabled=Approval.objects.enabled_on(later.today))

    assert (before.permitted, during.permitted, after.permitted) == (False, True, False)
    assert Approval.objects.enabled_on(later.today - timedelta(days=1)) == {"FIU-OM"}
    events = Entry.objects.filter(subject=approval.reference).values_list("event", flat=True)
    assert sorted(events) == ["law.approval-ended", "law.approved"]


def test_an_approved_kind_is_marked_and_others_are_not(adviser: Actor) -> None:
    last_day = date(2027, 2, 28)
    actions.approve("TW-MELD", lawyer=LAWYER, reason="Twbmt art. 2 read.", ends_on=last_day, by=adviser)

    listed = rules.measures_available(adviser.today, Approval.objects.enabled_on(adviser.today))

    assert [measure.code for measure in listed if measure.approved] == ["TW-MELD"]
    assert Approval.objects.enabled_on(last_day) == {"TW-MELD"}
    assert Approval.objects.enabled_on(last_day + timedelta(days=1)) == frozenset()
    assert Approval.objects.enabled_on(adviser.today - timedelta(days=1)) == frozenset()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("CR-134B", approvals.NothingToApprove),  # a bill
        ("POL-CASUS", approvals.NothingToApprove),  # its article was read
        ("NO-SUCH", rules.UnknownTerm),
    ],
)
def test_what_needs_or_bears_no_approval_is_refused(
    adviser: Actor, code: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.approve(code, lawyer=LAWYER, reason="Because.", by=adviser)
    assert Entry.objects.count() == Approval.objects.count() == 0


@pytest.mark.parametrize(("lawyer", "reason"), [("", "Because."), (LAWYER, " ")])
def test_an_approval_needs_a_named_lawyer_and_a_reason(adviser: Actor, lawyer: str, reason: str) -> None:
    with pytest.raises(approvals.NotAnswerable):
        actions.approve("OTS", lawyer=lawyer, reason=reason, by=adviser)
    assert Approval.objects.count() == 0


def test_one_approval_stands_at_a_time_and_is_taken_back_once(adviser: Actor) -> None:
    approval = actions.approve("OTS", lawyer=LAWYER, reason="BW 1:255 read.", by=adviser)

    with pytest.raises(approvals.AlreadyApproved):
        actions.approve("OTS", lawyer=LAWYER, reason="Again.", by=adviser)
    actions.take_back(approval, reason="Doubt.", by=adviser)
    with pytest.raises(approvals.AlreadyTakenBack):
        actions.take_back(approval, reason="Doubt.", by=adviser)
    again = actions.approve("OTS", lawyer=LAWYER, reason="No doubt any more.", by=adviser)

    assert again.pk != approval.pk


def test_the_command_prints_one_object_and_knows_the_approvals(
    adviser: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command(*ASKED, "--json")
    before = json.loads(capsys.readouterr().out)
    Approval.objects.create(subject="FIU-OM", lawyer=LAWYER, given_by="U-TEST", starts_on=date(2000, 1, 1))
    call_command(*ASKED, "--json")
    after = json.loads(capsys.readouterr().out)

    assert {"answer", "rule", "conditions", "sentence", "basis", "mark"} <= before.keys()
    assert (before["answer"], after["answer"], after["rule"]) == ("deny", "allow", "FIU-OM")
    assert after["conditions"] == ["case-by-case", "log-provision"]


def test_the_command_answers_in_words_with_the_reference(capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"):
        call_command(
            "grounds", "ask", "--provider", "BURG", "--recipient", "CASUS", "--category", "official-message",
            "--purpose", "person-centred-approach", "--on", "2026-11-23", "--not-met", "source-consent",
        )  # fmt: skip
    words = capsys.readouterr().out

    assert "may not give" in words
    assert "Wiv 2017 art. 65(3)" in words


def test_the_command_names_what_it_does_not_know() -> None:
    with pytest.raises(CommandError, match="FIU"):
        call_command(*["FIUU" if part == "FIU" else part for part in ASKED])
