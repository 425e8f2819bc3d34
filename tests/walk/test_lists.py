"""Every list at the desk, found by the registry, with rows of two banks: words, filters, keyboard, emptiness."""

import re
from typing import Any

import pytest
from django.contrib import admin

from tests.walk.test_walk import client_of
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import list_page
from zsbank.site.staff.tests.test_list_pages import stops_before

pytestmark = pytest.mark.django_db
LISTS = [kind for kind in cases() if kind.desk]
STOCK = ("以 状态", "显示全部", "请清除筛选后再试", "条结果")
"""Words of Django's own lists."""
FEW = 14
"""So many tab stops before the first row at most: skip link, bar, search, actions of the list, filters."""


def page_of(kind: Case, world: World, query: str = "") -> str:
    """Return a list as an officer who may see it."""
    reader: User = next(one for one in world.staff.values() if staff_may(one, kind.seen_with))
    answer = client_of(reader).get(list_page(kind.model, query))
    assert answer.status_code == 200, kind.key
    return answer.content.decode()


def test_all_lists_work_without_a_mouse_and_in_chinese(world: World) -> None:
    assert len(LISTS) > 10
    filled = 0
    for kind in LISTS:
        page = page_of(kind, world)
        assert "<main" in page, kind.key
        assert 'class="skip"' in page or "skip" in page.split("<main")[0], kind.key
        assert [words for words in STOCK if words in page] == [], kind.key
        if 'class="whole"' in page:
            filled += 1
            stops = stops_before(page, 'class="whole"')
            assert len(stops) <= FEW, f"{kind.key}: {len(stops)} {stops}"
    assert filled > 10


def test_all_searchable_lists_say_what_is_filtered_and_that_nothing_is_found(world: World) -> None:
    searched = 0
    for kind in LISTS:
        desk: Any = admin.site._registry[kind.model]
        if not desk.search_fields and kind.search is None:
            continue
        searched += 1
        page = page_of(kind, world, "?q=没有此名称")
        chips = re.findall(r'class="chip" href="([^"]*)"', page)
        assert len(chips) == 1, f"{kind.key}: the search is no removable filter"
        assert "没有符合的内容" in page, kind.key
        assert 'class="whole"' not in page, kind.key
    assert searched > 5
