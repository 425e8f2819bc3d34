"""Every page read in English: Chinese only in official texts, in what people entered, and in names."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse

from admission.editions.models import Criterion
from tests.walk.addresses import Kind
from tests.walk.routes import access_of, address, routes
from tests.walk.test_walk import LEAVES, client_of
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.notices.models import Message
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[㐀-鿿]+")
SAID_AS_THEY_ARE = (
    "不合格",
    "(二)",
    "简体中文",
    "“是” (yes) or “否” (no)",
    "“全部” for all",
    "“清空”",
    "〔2026〕4号",
)
"""Words of the policy, the language in its switch, what is typed into a spreadsheet, and a letter's number."""

BOTH_LANGUAGES = ("admin/admission/criterion/", "admin/admission/policyedition/")
"""Pages of editions show each text in both languages."""

IN_TWO_LANGUAGES = ("title_zh", "guidance_zh", "evidence_zh", "undertaking_zh", "facts")
"""Fields of a criterion that have an English sibling: they are no excuse for Chinese."""
NO_EXCUSE = {Criterion: IN_TWO_LANGUAGES, Message: ("title", "body", "title_en", "body_en")}
"""Texts that have an English sibling. Those of a message are the program's own in both languages."""


class Reading(HTMLParser):
    """The words of a page and of its labels, without what is marked as Chinese and without scripts."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "source", "wbr", "col", "base"})
    SPOKEN = ("aria-label", "title", "placeholder", "alt")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = (given.get("lang") or "").startswith("zh") or tag in (
            "script",
            "style",
            "textarea",
            "option",
        )
        if not self._is_silent() and not silent:
            self.words += [given[name] or "" for name in self.SPOKEN if given.get(name)]
        if tag not in self.VOID:
            self._open.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._is_silent():
            self.words.append(data)

    def _is_silent(self) -> bool:
        return any(self._open)


def entered() -> list[str]:
    """All Chinese texts that people entered or that are official, the longest first."""
    found: set[str] = {*SAID_AS_THEY_ARE, settings.BUREAU_NAME}
    for model in apps.get_models():
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and field.name not in NO_EXCUSE.get(model, ())
        ]
        for row in model._default_manager.values_list(*fields) if fields else ():
            for value in row:
                found.update(_texts(value))
    translated = {str(row[0]) for row in Criterion.objects.values_list("title_zh")}
    known = (text for text in found if HAN.search(text) and text.lstrip("0123456789．") not in translated)
    return sorted(known, key=len, reverse=True)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def chinese_in(page: str, known: Iterable[str]) -> set[str]:
    """The Chinese of a page that nobody entered."""
    reading = Reading()
    reading.feed(page)
    text = "\n".join(reading.words)
    for one in known:
        text = text.replace(one, "")
    return set(HAN.findall(text))


def read_all(person: User, keys: dict[str, Any], kinds: set[Kind], known: list[str]) -> dict[str, set[str]]:
    """What is left in Chinese, by address, on all pages that a person may open."""
    client = english(person)
    left: dict[str, set[str]] = {}
    for route in routes():
        access = access_of(route)
        if access is None or access.kind not in kinds or route in LEAVES or route.startswith(BOTH_LANGUAGES):
            continue
        path = address(route, {**keys, "pk": keys.get(access.thing, 1), "number": 1})
        answer = client.get(path)
        if answer.streaming:
            answer.getvalue()
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        if found := chinese_in(answer.content.decode(), known):
            left[path] = found
    return left


def english(person: User) -> Client:
    """A client of a person who reads English."""
    client = client_of(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_portal_in_english_has_no_chinese_of_its_own(world: World) -> None:
    known = entered()
    assert read_all(world.administrator, dict(world.own), {Kind.PORTAL, Kind.SIGNED_IN}, known) == {}


@pytest.mark.parametrize("role", [Role.HEALTHCARE_LIAISON, Role.REVIEWER, Role.AUDITOR])
def test_desk_in_english_has_no_chinese_of_its_own(role: Role, world: World) -> None:
    known = entered()
    person = world.staff[role]
    assert read_all(person, dict(world.own), {Kind.DESK, Kind.SHEET, Kind.LETTERS}, known) == {}


def test_page_that_forgets_english_is_found() -> None:
    page = '<p>Due</p><p lang="zh-CN">官方</p><p>银行甲 补正</p><a title="查看">x</a>'
    assert chinese_in(page, ["银行甲"]) == {"补正", "查看"}


def test_message_that_is_chinese_only_is_found(world: World) -> None:
    row = Message.objects.filter(recipient=world.administrator).latest("pk")
    row.title_en, row.body_en = "", ""
    row.save(update_fields=["title_en", "body_en"])
    left = read_all(world.administrator, dict(world.own), {Kind.PORTAL, Kind.SIGNED_IN}, entered())
    assert reverse("messages:messages") in left
