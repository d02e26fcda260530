"""Who answers for a case, who sits at it, and where it goes."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.cases.forms.fields import Reason
from samenhang.cases.rules.keeping import Pack, Part
from samenhang.cases.rules.moving import Say as Saying
from samenhang.foundation.inputs import Choices, Day, choose, text_area


class Admit(Reason):
    """Which participant comes to sit at the case, and why."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    field_order = ("organisation", "reason")

    def __init__(self, *args: Any, organisations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "organisation", [("", "–"), *organisations])


class Appoint(forms.Form):
    """Who becomes lead or deputy."""

    part = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    user = forms.ChoiceField(
        label=_("Who?"),
        help_text=_("A colleague whose task it is to work on cases, and who may read this one."),
    )

    def __init__(self, *args: Any, parts: Iterable[Part], people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "part", [(part.value, part.label) for part in parts])
        choose(self, "user", [("", "–"), *people])


class HandOver(Reason):
    """To whom, and what no page of the case can tell."""

    user = forms.ChoiceField(label=_("To whom?"))
    promises = forms.CharField(
        label=_("What did you promise, to whom, before when?"),
        help_text=_("To the person, the family or a partner. Write “nothing” when there is nothing."),
        widget=text_area(),
    )
    call_first = forms.CharField(label=_("Whom should they call first, and about what?"), widget=text_area())
    back_on = Day(
        label=_("Absent until"),
        help_text=_("Leave empty when you hand it over for good. On that day your colleague is reminded."),
        required=False,
    )
    field_order = ("user", "promises", "call_first", "back_on", "reason")

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "user", [("", "–"), *people])

    def pack(self) -> Pack:
        said = self.cleaned_data
        return Pack(said["reason"], said["promises"], said["call_first"], said["back_on"])


class Transfer(Reason):
    """To which municipality, and why."""

    to = forms.ChoiceField(label=_("Where does the person live now?"))
    field_order = ("to", "reason")

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "to", [("", "–"), *bodies])
        self.fields["reason"].help_text = _(
            "The other municipality reads this before it accepts. Name nobody."
        )


class Say(forms.Form):
    """Whether what a source brought in goes along."""

    say = forms.ChoiceField(
        label=_("May it go along?"),
        choices=[(one.value, one.label) for one in Saying if one != Saying.OPEN],
        widget=forms.RadioSelect,
    )
    confirmed = forms.BooleanField(
        label=_("The conditions under which we brought it in hold for the other municipality as well"),
        required=False,
    )
    reason = forms.CharField(label=_("Why must it stay?"), required=False, widget=text_area())


class ThirdParty(Reason):
    """Which third party reads which items, until when, and why."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    texts = forms.CharField(
        label=_("What may it read?"),
        help_text=_(
            "Each item on a paragraph of its own, with an empty line between. Only what it needs for its part"
            " of the plan; a name only where nothing works without."
        ),
        widget=text_area(6),
    )
    until = Day(label=_("Until and with"))
    field_order = ("organisation", "texts", "until", "reason")

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "organisation", [("", "–"), *bodies])
        self.fields["reason"].label = _("Why must it know this?")

    def items(self) -> list[str]:
        return [part.strip() for part in re.split(r"\n\s*\n", self.cleaned_data["texts"]) if part.strip()]
