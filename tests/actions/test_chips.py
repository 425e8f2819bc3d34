"""Chips beside states: one declared tone each, and none for what is not begun that looks stopped."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from banks.outlets.portal.shown import STATES
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import SHAPES, Tone
from zsbank.base.pages.chips import CHIPS
from zsbank.site.portal.templatetags.portal import TASKS

TEMPLATES = Path(settings.BASE_DIR, "templates")
LITERAL = re.compile(r"""\{% tag ["']|tone=["'](?:done|wait|you|stop|late|none)["']|(?<!-)shape=["'][^{]""")
USED = re.compile(r'\{% chip "([^"]+)"')


def templates() -> Iterator[tuple[str, str]]:
    """Yield path and text of every template."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES)), path.read_text()


def test_no_template_gives_a_chip_its_tone() -> None:
    wrong = [f"{name}: {found[0]}" for name, text in templates() for found in LITERAL.finditer(text)]
    assert not wrong, "\n".join(wrong)


def test_control_literal_tones_are_found() -> None:
    for text in ('{% tag "stop" _("not signed") %}', '{% component "tag" tone="wait" shape="●" %}'):
        assert LITERAL.search(text)


def test_shapes_stand_in_templates_only_for_faults_and_checks() -> None:
    for name, text in templates():
        assert "■" not in text or name.startswith("help/"), f"{name} draws the shape of what is stopped"


def test_every_chip_is_used_and_every_used_one_declared() -> None:
    assert {key for _name, text in templates() for key in USED.findall(text)} == set(CHIPS)


def test_stopped_is_the_tone_of_stopped_states_only() -> None:
    assert Tone.STOP not in {chip.tone for chip in CHIPS.values()}
    assert Tone.STOP not in {tone for tone, _label in (*STATES.values(), *TASKS.values())}
    stopped = {
        str(state)
        for case in cases()
        for state, shown in case.states.items()
        if Tone.STOP in (shown.turn.staff, shown.turn.bank)
    }
    assert stopped
    assert not {
        state
        for state in stopped
        if state.startswith(("not_begun", "not_started", "awaiting", "open", "draft"))
    }
    assert [tone for tone, shape in SHAPES.items() if shape == "■"] == [Tone.STOP]


@pytest.mark.parametrize("name", sorted(CHIPS))
def test_chip_shows_shape_and_words(name: str) -> None:
    page = Template('{% load components %}{% chip name "示例" %}').render(Context({"name": name}))
    assert CHIPS[name].shape in page
    assert f"tag {CHIPS[name].tone}" in page
