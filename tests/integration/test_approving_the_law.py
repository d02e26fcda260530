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
from samenhang.organisations.models import Organisation, User

pytestmark = pytest.mark.django_db

ASKED = [
    "grounds", "ask", "--provider", "FIU", "--recipient", "OM", "--category", "finance",
    "--purpose", "investigation", "--on", "2026-11-23",
]  # fmt: skip


@pytest.fixture
def lawyer(moment: datetime) -> Actor:
    ministry = Organisation.objects.create(authority="JENV", name="Ministerie van Voorbeeld")
    user = User.objects.create(username="advies", name="Wilma Wetboek", organisation=ministry)
    return Actor(
        user=user.reference,
        organisation=ministry.reference,
        authority="JENV",
        roles=frozenset({"legal-adviser"}),
        purpose="temporary-measure",
        now=moment,
        user_id=user.pk,
        organisation_id=ministry.pk,
    )


def test_a_lawyer_enables_a_rule_and_withdraws_it_at_once(lawyer: Actor) -> None:
    today = lawyer.today
    question = ("FIU", "OM", "finance", "investigation", today)
    before = rules.ask(*question, enabled=Approval.objects.enabled_on(today))

    approval = actions.enable_rule("FIU-OM", reason="Wwft art. 13 read.", by=lawyer)
    during = rules.ask(*question, enabled=Approval.objects.enabled_on(today))
    later = replace(lawyer, now=lawyer.now + timedelta(days=3))
    actions.withdraw(approval, reason="Read again.", by=later)
    after = rules.ask(*question, enabled=Approval.objects.enabled_on(later.today))

    assert (before.permitted, during.permitted, after.permitted) == (False, True, False)
    assert Approval.objects.enabled_on(later.today - timedelta(days=1)) == {"FIU-OM"}
    events = Entry.objects.filter(subject=approval.reference).values_list("event", flat=True)
    assert sorted(events) == ["approval.withdrawn", "disclosure-rule.enabled"]


def test_an_approved_kind_is_marked_and_others_are_not(lawyer: Actor) -> None:
    actions.approve_measure("TW-MELD", reason="Twbmt art. 2 read.", ends_on=date(2027, 2, 28), by=lawyer)

    listed = rules.measures_available(lawyer.today, Approval.objects.approved_on(lawyer.today))

    assert [measure.code for measure in listed if measure.approved] == ["TW-MELD"]
    assert Approval.objects.approved_on(date(2027, 3, 1)) == frozenset()
    assert Approval.objects.approved_on(lawyer.today - timedelta(days=1)) == frozenset()


@pytest.mark.parametrize("change", [{"roles": frozenset({"administrator"})}, {"human": False}])
def test_only_a_person_who_is_a_lawyer_decides(lawyer: Actor, change: dict[str, object]) -> None:
    other = replace(lawyer, **change)  # type: ignore[arg-type]
    approval = actions.enable_rule("FIU-OM", reason="Wwft art. 13 read.", by=lawyer)

    with pytest.raises(approvals.NotALawyer):
        actions.approve_measure("TW-MELD", reason="Because.", by=other)
    with pytest.raises(approvals.NotALawyer):
        actions.withdraw(approval, reason="Because.", by=other)
    assert Approval.objects.count() == 1
    assert Approval.objects.get().withdrawn_on is None


@pytest.mark.parametrize(
    ("deed", "code", "refusal"),
    [
        (actions.approve_measure, "CR-134B", approvals.NothingToApprove),
        (actions.approve_measure, "NO-SUCH", rules.UnknownTerm),
        (actions.enable_rule, "POL-CASUS", approvals.NothingToApprove),
        (actions.enable_rule, "NO-SUCH", rules.UnknownTerm),
    ],
)
def test_what_needs_or_bears_no_approval_is_refused(  # type: ignore[no-untyped-def]
    lawyer: Actor, deed, code: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        deed(code, reason="Because.", by=lawyer)
    assert Entry.objects.count() == 0


def test_an_approval_is_given_once_and_withdrawn_once_and_never_without_a_reason(lawyer: Actor) -> None:
    approval = actions.approve_measure("OTS", reason="BW 1:255 read.", by=lawyer)

    with pytest.raises(approvals.AlreadyApproved):
        actions.approve_measure("OTS", reason="Again.", by=lawyer)
    with pytest.raises(approvals.ReasonMissing):
        actions.withdraw(approval, reason=" ", by=lawyer)
    actions.withdraw(approval, reason="Doubt.", by=lawyer)
    with pytest.raises(approvals.AlreadyWithdrawn):
        actions.withdraw(approval, reason="Doubt.", by=lawyer)
    assert actions.approve_measure("OTS", reason="No doubt any more.", by=lawyer).pk != approval.pk


def test_the_command_prints_one_object_and_knows_the_approvals(
    lawyer: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command(*ASKED, "--json")
    before = json.loads(capsys.readouterr().out)
    approval = actions.enable_rule("FIU-OM", reason="Wwft art. 13 read.", by=lawyer)
    Approval.objects.filter(pk=approval.pk).update(starts_on=date(2000, 1, 1))
    call_command(*ASKED, "--json")
    after = json.loads(capsys.readouterr().out)

    assert {"answer", "rule", "conditions", "sentence", "basis", "mark"} <= before.keys()
    assert (before["answer"], after["answer"], after["rule"]) == ("deny", "allow", "FIU-OM")
    assert after["conditions"] == ["case-by-case", "necessity-statement", "log-provision"]


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
