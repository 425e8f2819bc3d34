"""The help is true to the program: its buttons, states, keys and pictures exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import Settings

from zsbank.base.accounts.models import User
from zsbank.base.cases.registry import cases
from zsbank.site.help.meanings import MEANINGS

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
PAGES = sorted((ROOT / "templates/help").glob("*.html"))
OF_ALLAUTH = {"Forgot your password?"}
"""Labels of pages that allauth brings, with its own translation."""


def found(pattern: str) -> set[str]:
    """What the help's templates name."""
    return {name for page in PAGES for name in re.findall(pattern, page.read_text(encoding="utf-8"))}


def elsewhere() -> Iterator[str]:
    """The text of every template and module outside the help."""
    folders = ("templates", "banks", "admission", "inspections", "exit", "zsbank")
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".html", ".py") and not {"help", "tests"} & set(path.parts):
                yield path.read_text(encoding="utf-8")


def test_named_buttons_and_links_exist_in_the_program() -> None:
    named = found(r'{% named "([^"]+)"')
    program = "\n".join(elsewhere())
    assert len(named) > 20
    marked = r"""(?:translate |_\(|gettext_lazy\(\s*)["']{}["']"""
    assert {name for name in named if not re.search(marked.format(re.escape(name)), program)} == OF_ALLAUTH


def test_forgotten_password_is_named_as_on_the_sign_in_page() -> None:
    for language in ("zh-hans", "en"):
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        words = re.findall(r"“([^”]+)”", client.get("/help/").content.decode())
        asked = re.sub(r"<[^>]+>", "", client.get("/accounts/login/").content.decode())
        assert any(word in asked for word in words if "密码" in word or "assword" in word)


@pytest.mark.parametrize("key", sorted(MEANINGS))
def test_every_state_has_a_meaning(key: str) -> None:
    [case] = [case for case in cases() if case.key == key]
    assert {str(state) for state in case.states} == set(MEANINGS[key])


def test_every_kind_of_case_that_banks_open_is_explained() -> None:
    opened = {case.key for case in cases() if case.states and (case.home or case.portal)}
    assert opened <= set(MEANINGS)


def test_keys_of_the_review_desk_are_those_of_its_list(people: "People") -> None:
    """Both pages show one list, and its script knows each key."""
    client = Client()
    client.force_login(people.reviewer, backend="django.contrib.auth.backends.ModelBackend")
    shown = set(re.findall(r"<kbd>([^<]+)</kbd>", client.get("/admin/help/").content.decode()))
    listed = (ROOT / "templates/admission/review_key_list.html").read_text(encoding="utf-8")
    assert shown - {"esc"} == set(re.findall(r"<kbd>([^<]+)</kbd>", listed))
    script = (ROOT / "static/js/review/keys.js").read_text(encoding="utf-8")
    for key in shown - {"esc", "Esc", "−"}:
        assert key.lower() in script


def test_pictures_exist() -> None:
    names = found(r'{% picture "([^"]+)"')
    assert len(names) >= 5
    assert [name for name in names if not finders.find(f"pictures/{name}.png")] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_help_has_one_language(language: str, people: "People", settings: Settings) -> None:
    settings.BUREAU_NAME = settings.OFFICE_NAME = "Bureau"
    client = Client()
    client.force_login(people.reviewer, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for path in ("/help/", "/admin/help/"):
        shown = client.get(path).content.decode().split("guide")[-1].split("<footer")[0]
        chinese = re.findall(r"[\u4e00-\u9fff]", re.sub(r"<[^>]+>", "", shown))
        assert bool(chinese) == (language == "zh-hans")


def test_help_is_linked_from_every_page(clerk: User, people: "People") -> None:
    member, officer = Client(), Client()
    member.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    officer.force_login(people.reviewer, backend="django.contrib.auth.backends.ModelBackend")
    for client, paths, link in (
        (Client(), ("/accounts/login/", "/nothing/", "/bank/invitation/"), "/help/"),
        (member, ("/", "/bank/members/", "/exit/", "/nothing/"), "/help/"),
        (officer, ("/admin/", "/admin/messages/", "/admin/banks/bank/"), "/admin/help/"),
    ):
        for path in paths:
            assert f'href="{link}"' in client.get(path).content.decode(), path


def test_help_of_the_desk_is_for_staff(clerk: User) -> None:
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/help/").status_code == 302
