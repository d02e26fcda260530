"""Whether a measure gets in the way of another that holds for the same person, or is under way."""

from samenhang.journal import Actor
from samenhang.measures.models import Finding, Measure
from samenhang.measures.rules.collisions import check_said_how, why_they_collide
from samenhang.measures.rules.findings import Kind


def colliding(measure: Measure, *, by: Actor) -> list[tuple[Measure, list[str]]]:
    """What else there is for this person that may get in the way, and why; as far as the actor may see it.

    What the actor may not see is not counted either: a warning would tell that it is there.
    """
    beside = Measure.objects.visible_to(by).beside(measure)
    return [(other, why) for other in beside if (why := why_they_collide(measure.kind, other.kind))]


def check_together(measure: Measure, *, by: Actor) -> None:
    """Raises NotSaidHow while nobody wrote down how it goes together with what it gets in the way of."""
    others = [other.reference for other, _why in colliding(measure, by=by)]
    if others:
        said = Finding.objects.unscoped("whether it was written down").of(measure)
        check_said_how(others, set(said.filter(kind=Kind.TOGETHER).values_list("text", flat=True)))
