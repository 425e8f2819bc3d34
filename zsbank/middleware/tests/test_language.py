"""Pages are Chinese until somebody switches, whatever the browser asks for."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_browser_does_not_choose_the_language_and_the_switch_does(client: Client) -> None:
    address = reverse("account_login")
    assert '<html lang="zh' in client.get(address, headers={"accept-language": "en"}).content.decode()

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en"' in client.get(address).content.decode()

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert '<html lang="zh' in client.get(address).content.decode()
