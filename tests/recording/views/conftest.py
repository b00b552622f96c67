"""Who asks for pages."""

import pytest
from django.test import Client

from auth_gateway.models import User


@pytest.fixture
def hers(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def mallorys(mallory: User) -> Client:
    client = Client()
    client.force_login(mallory)
    return client
