"""Language of pages: Chinese until the switch is used; Accept-Language is ignored."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_language_comes_from_switch_not_from_browser(client: Client) -> None:
    address = reverse("account_login")
    assert '<html lang="zh' in client.get(address, headers={"accept-language": "en"}).content.decode()

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en"' in client.get(address).content.decode()

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert '<html lang="zh' in client.get(address).content.decode()
