"""Signing in at an identity provider: what it says counts only when it is right in every respect."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/sign-in/provider/", "/sign-in/provider/back/?code=x&state=y"])
def test_without_a_provider_there_is_nothing_at_its_addresses(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404
    assert "provider" not in client.get("/sign-in/").text
