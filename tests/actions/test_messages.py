"""Every message: who gets it, its words in both languages, its dates and its page; see `messages.py`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.actions.crowd import add_crowd
from tests.actions.examples import ROOTS
from tests.actions.messages import NIGHT, expectations, messages_of, situations
from tests.actions.scene import Scene
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import cases
from zsbank.base.notices.models import Message

SITUATIONS = situations()
EXPECTED = expectations()
SENDS = re.compile(
    r"notices\.post\w*\(|notify_members\(|confirm_submission\(|actions\.messages import|notices import actions"
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_messages_are_as_agreed_and_lead_to_their_cases(name: str, scene: Scene) -> None:
    add_crowd(scene)
    assert messages_of(SITUATIONS[name], scene) == EXPECTED.get(name, "")
    if ": " in name:
        assert list(unexplained()) == []
    opened: set[tuple[str, bool]] = set()
    for row in Message.objects.exclude(recipient=None).select_related("recipient"):
        assert row.recipient is not None
        if (row.key, row.recipient.is_staff) not in opened:
            opened.add((row.key, row.recipient.is_staff))
            assert_leads_to_its_page(row)


def unexplained() -> Iterator[str]:
    """Yield the due dates that their stored calculation does not give; examples move some dates in the table."""
    for kind in cases():
        for due in kind.due:
            for row in kind.model._default_manager.all():
                day, period = getattr(row, due.day), getattr(row, due.period)
                if day and period and period["last_day"] != day.isoformat():
                    yield f"{row}: {due.day} is {day}, its calculation gives {period['last_day']}"


def assert_leads_to_its_page(row: Message) -> None:
    """Check that an opened message shows its recipient a page, and is marked as read."""
    assert row.recipient is not None
    client = Client()
    client.force_login(row.recipient, backend="django.contrib.auth.backends.ModelBackend")
    with clock.playing(NIGHT):
        answer = client.get(row.get_absolute_url(), follow=True)
    assert answer.status_code == 200, (row.key, row.link)
    if row.link:
        assert answer.redirect_chain[0] == (row.link, 302)
    row.refresh_from_db()
    assert row.read_at is not None


def test_every_agreed_message_has_a_situation() -> None:
    assert sorted(EXPECTED.keys() - SITUATIONS.keys()) == []


def test_every_text_of_a_message_is_agreed() -> None:
    """Find texts in modules that send messages, of which no situation has a message."""
    agreed = " ".join(" ".join(EXPECTED.values()).split())
    texts = {(str(file), text) for file in sending() for text in lazy_texts(file)}
    assert len(texts) > 60
    assert sorted((file, text) for file, text in texts if not re.search(pattern(text), agreed)) == []


def sending() -> Iterator[Path]:
    """Yield the modules that send messages."""
    for root in ROOTS:
        for file in sorted(Path(root).glob("**/*.py")):
            if not {"tests", "migrations"} & set(file.parts) and SENDS.search(
                file.read_text(encoding="utf-8")
            ):
                yield file


def lazy_texts(file: Path) -> Iterator[str]:
    """Yield the lazy texts of a module: messages are written in both languages, refusals in the reader's."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "gettext_lazy":
            yield str(ast.literal_eval(node.args[0]))


def pattern(text: str) -> str:
    """Return what matches the text with something in each of its places."""
    return ".+?".join(re.escape(part) for part in re.split(r"\{\w*\}", " ".join(text.split())))
