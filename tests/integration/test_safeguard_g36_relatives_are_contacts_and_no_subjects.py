"""G36: relatives are contacts, no subjects: sealed, forgotten, never found or joined (Wet PGA 4(h))."""

from datetime import timedelta

import pytest
from django.apps import apps

from samenhang.access.rules import NotThere, NotYours
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.persons import actions
from samenhang.persons.actions.contacting import CONTEXT
from samenhang.persons.models import Contact, IdentityClaim, NameWord, Person
from samenhang.persons.rules import Identity
from samenhang.persons.rules.contacts import Relation, Whom
from tests.cast import ActorOf, ClientOf, World

APPROACH = "person-centred-approach"
MOTHER = Whom("Wilhelmina Moederberg", "020 555 0100", "Present at the talk about school.")


def file_on(world: World, actor_of: ActorOf, given: str) -> Person:
    by = actor_of(world.police, APPROACH)
    claim = actions.claim(Identity("Fantasia", given), by=by)
    return actions.open_person(claim, reason="a report", by=by)


def noted(world: World, actor_of: ActorOf, person: Person) -> Contact:
    by = actor_of(world.police, APPROACH)
    return actions.note_contact(person, MOTHER, relation=Relation.PARENT, by=by)


def test_looking_for_a_relative_gives_nothing(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    noted(world, actor_of, file_on(world, actor_of, "Pippi"))
    before = Person.objects.unscoped("test").count(), IdentityClaim.objects.unscoped("test").count()

    page = client_of(world.police_two, APPROACH).post(
        "/search/", {"name": MOTHER.name, "reason": "To call the mother."}
    )

    assert b'href="/persons/' not in page.content
    assert not NameWord.objects.filter(word__startswith="MUDIR").exists()
    assert before == (Person.objects.unscoped("test").count(), IdentityClaim.objects.unscoped("test").count())


def test_the_same_relative_in_two_files_joins_nothing(world: World, actor_of: ActorOf) -> None:
    one = noted(world, actor_of, file_on(world, actor_of, "Pippi"))
    two = noted(world, actor_of, file_on(world, actor_of, "Pippo"))

    values = [{bytes(row.sealed), row.reference, row.scope, row.person_id} for row in (one, two)]

    assert not values[0] & values[1]
    assert MOTHER.name.encode() not in bytes(one.sealed)
    pointing = [
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is Contact
    ]
    assert pointing == []


def test_who_may_see_them_reads_how_to_reach_them_and_an_outsider_nothing(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    person = file_on(world, actor_of, "Pippi")
    noted(world, actor_of, person)
    address = f"/persons/{person.reference}/contacts/"

    assert MOTHER.name in client_of(world.police_two, APPROACH).get(address).content.decode()
    assert client_of(world.school, APPROACH).get(address).status_code == 404
    investigating = client_of(world.police_two, "investigation").get(address).content.decode()
    assert MOTHER.name not in investigating


def test_a_contact_is_noted_and_forgotten_on_the_page(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    person = file_on(world, actor_of, "Pippi")
    browser, address = client_of(world.police, APPROACH), f"/persons/{person.reference}/contacts/"

    browser.post(
        address, {"name": "Aunt Alfa", "relation_is": "family", "reach": "", "needed_for": "She cooks."}
    )
    contact = Contact.objects.unscoped("test").get()
    gone = browser.post(f"/contacts/{contact.reference}/forget/", follow=True)

    assert "Aunt Alfa" not in gone.content.decode()
    assert not Contact.objects.unscoped("test").exists()


def test_after_half_a_year_a_contact_is_gone_in_copies_too(
    world: World, actor_of: ActorOf, django_capture_on_commit_callbacks: object
) -> None:
    contact, by = noted(world, actor_of, file_on(world, actor_of, "Pippi")), actor_of(world.police, APPROACH)
    later = actor_of(world.police, APPROACH, now=by.now + timedelta(days=181))
    sooner = actor_of(world.police, APPROACH, now=by.now + timedelta(days=179))

    kept = actions.forget_contacts(by=sooner)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        forgotten = actions.forget_contacts(by=later)

    assert (kept, forgotten) == (0, 1)
    with pytest.raises(KeyDestroyed):
        key_store().open(contact.reference, bytes(contact.sealed), context=CONTEXT)
    with pytest.raises(NotThere):
        actions.whom([contact], by=by)


def test_a_role_whose_task_it_is_not_notes_nobody(world: World, actor_of: ActorOf) -> None:
    person = file_on(world, actor_of, "Pippi")
    by = actor_of(world.prosecutor, APPROACH)
    Person.objects.unscoped("test").filter(pk=person.pk).update(provider=world.prosecutor.organisation)
    person.refresh_from_db(from_queryset=Person.objects.unscoped("test"))

    with pytest.raises(NotYours):
        actions.note_contact(person, MOTHER, relation=Relation.PARENT, by=by)
