"""Messages and letters as text, and what was agreed about them: `tests/messages.txt` of each subject, written by hand.

An action is tried in the situation of its example and in those of `SITUATIONS` in `tests/situations.py` of its subject.
A block of the file begins with the situation; each message has its recipients, and its title and text in both
languages. Numbers of rows are written as #. Where a file says nothing about a situation, it sends no message.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from django.utils import timezone

from tests.actions.examples import ROOTS, actions, carry_out, examples, find_spec_or_none
from tests.actions.scene import Scene
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message

NIGHT = timezone.make_aware(dt.datetime(2026, 9, 22, 1, 30))  # noqa: DTZ001
"""A Tuesday, shortly before two holidays; the day before in UTC. Working and calendar days give different dates."""

ROW_NUMBER = re.compile(r"(?<=/)\d+(?=/)|(?<=[a-z#]:)(?<!reminder:)\d+(?=:|$)")
BANK_NUMBER = re.compile(r"(?<=banks\.bank )\d+")
CHECKPOINT = re.compile(r"^\{$.*?^\}$", re.MULTILINE | re.DOTALL)
PREPARED: set[int] = set()
"""Letters that were signed before the call whose messages are compared; letters cannot be deleted."""

Situation = Callable[[Scene], None]


def situations() -> dict[str, Situation]:
    """Return what is tried, by name: every action with its example, then more of each subject."""
    found: dict[str, Situation] = {}
    given = examples()
    for name, one in actions().items():
        if name in given:
            found[name] = lambda scene, name=name, one=one: _carried_out(name, scene)  # type: ignore[misc]
    for package in packages():
        if find_spec_or_none(f"{package}.tests.situations"):
            more: dict[str, Situation] = import_module(f"{package}.tests.situations").SITUATIONS
            found |= {f"{package}: {name}": situation for name, situation in more.items()}
    return found


def told_of(call: Callable[[], object]) -> None:
    """Forget the messages and letters of the preparation, and make the call whose messages and letters are compared."""
    Message.objects.all().delete()
    PREPARED.clear()
    PREPARED.update(Letter.objects.values_list("pk", flat=True))
    call()


def packages() -> list[str]:
    """Return the subjects that have actions or further situations."""
    more = (file.parent.parent for root in ROOTS for file in Path(root).glob("**/tests/situations.py"))
    return sorted(
        {name.partition(".actions")[0] for name in actions()} | {str(one).replace("/", ".") for one in more}
    )


def _carried_out(name: str, scene: Scene) -> None:
    arguments = examples()[name](scene)
    told_of(lambda: carry_out(actions()[name], arguments))


def messages_of(situation: Situation, scene: Scene) -> str:
    """Return the messages of a situation as text; the situation deletes those of its preparation."""
    with clock.playing(NIGHT):
        situation(scene)
        return "\n\n".join(_written())


def expectations() -> dict[str, str]:
    """Return what was agreed, by situation."""
    found: dict[str, str] = {}
    for package in packages():
        file = Path(package.replace(".", "/")) / "tests" / "messages.txt"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        for block in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            name, _line, said = block.partition("\n")
            assert name not in found, f"{file} has {name} twice"
            found[name] = said.strip()
    return found


def _written() -> Iterator[str]:
    """Yield every letter, and every message with those who got it, in the order in which they were posted."""
    rows = Message.objects.order_by("pk").select_related("recipient")
    blocks: dict[str, list[str]] = {}
    for row in rows:
        to = row.recipient.username if row.recipient else row.address
        blocks.setdefault(_words(row), []).append(to)
    for letter in Letter.objects.exclude(pk__in=PREPARED).order_by("pk"):
        yield f"letter {letter}, {letter.kind}, to {letter.addressee} {letter.uscc}\n{_text_of(letter)}"
    for words, people in blocks.items():
        yield f"to {' '.join(sorted(people))}\n{words}"


def _text_of(letter: Letter) -> str:
    """Return title and paragraphs of a letter, one a line."""
    paragraphs = letter.data["paragraphs"]
    return "\n".join([letter.title, *(paragraph["text"] for paragraph in paragraphs)])


def _words(row: Message) -> str:
    due = f", due {row.due}" if row.due else ""
    lines = [
        f"{row.kind}{due}, about {row.about or 'nothing'}, bank {row.uscc or 'none'}",
        f"{_without_numbers(row.key)} {_without_numbers(row.link)}".strip(),
        row.title,
        row.body,
        row.title_en,
        row.body_en,
    ]
    text = "\n".join(line.strip() for line in lines if line)
    return CHECKPOINT.sub("{…}", BANK_NUMBER.sub("#", text))


def _without_numbers(text: str) -> str:
    """Return a key or an address with # for numbers of rows, and … for digests."""
    return re.sub(r"(?<=:)[0-9a-f]{16}$", "…", ROW_NUMBER.sub("#", ROW_NUMBER.sub("#", text)))
