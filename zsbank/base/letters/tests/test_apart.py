"""A letter that kills or hangs the program that makes it: noted, passed over, and no hindrance for others."""

import datetime as dt
import faulthandler
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from zsbank.base.calendar import clock
from zsbank.base.files import confined, store
from zsbank.base.files.confined import Limits, Stopped, output_of
from zsbank.base.journal.models import Entry
from zsbank.base.letters import actions, render
from zsbank.base.letters.models import Letter
from zsbank.base.letters.queries import MAX_DEATHS, failed, without_file
from zsbank.base.letters.states import LetterState
from zsbank.base.letters.sweep import STEPS
from zsbank.base.letters.tests.test_letters import DAY, data, read, signed

if TYPE_CHECKING:
    from banks.register.models import Bank
    from conftest import People

pytestmark = pytest.mark.django_db
Fault = Callable[[str], None]
DEADLY = "该事项示例"
"""A letter with this word kills or hangs its renderer."""

SHORT = Limits(seconds=0.5, processor_seconds=5, memory_bytes=2 * 1024**3)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Fault:
    """Let the process of its own run other code for letters with `DEADLY`, and answer the others at once."""

    def run(code: str) -> None:
        program = (
            f"import os, sys\nif {ascii(DEADLY)[1:-1]!r} in sys.stdin.read():\n    {code}\nprint('%PDF-')"
        )
        monkeypatch.setattr(confined, "START", program)

        def made_apart(html: str, **_asked: object) -> bytes:
            return output_of("renderer", ascii(html).encode(), SHORT)

        monkeypatch.setattr(render, "made_apart", made_apart)

    return run


def sweep(at: dt.datetime) -> None:
    """Run the step once, at a moment."""
    [step] = STEPS
    with clock.playing(at):
        for pk in list(step.due(at.date())):
            step.do(pk)


def moments(hours: int) -> Iterator[dt.datetime]:
    """Yield the minutes of some hours."""
    start = clock.midday(DAY)
    return (start + dt.timedelta(minutes=minute) for minute in range(hours * 60))


def pair(bank: "Bank", people: "People") -> tuple[Letter, Letter]:
    """A letter that kills its renderer, and a later one that does not."""
    return signed(bank, people.decider, text=data(bank, word=DEADLY)), signed(bank, people.decider)


DEATHS = [
    pytest.param("os.kill(os.getpid(), 11)", "Stopped: was killed by signal 11", id="it dies"),
    pytest.param("while True: pass", "Stopped: took longer than 0.5 seconds", id="it hangs"),
    pytest.param("raise MemoryError", "Stopped: ran out of memory", id="it takes all memory"),
]


@pytest.mark.parametrize(("code", "error"), DEATHS)
def test_deadly_letter_is_passed_over_and_others_go_out(
    bank: "Bank", people: "People", fault: Fault, code: str, error: str
) -> None:
    fault(code)
    deadly, later = pair(bank, people)
    for at in moments(2):
        sweep(at)
    deadly.refresh_from_db()
    later.refresh_from_db()
    assert later.state == LetterState.ISSUED
    assert (deadly.state, deadly.attempts, deadly.error) == (LetterState.FAILED, MAX_DEATHS, error)
    assert list(failed()) == [deadly]
    assert Entry.objects.filter(verb="fail_letter", subject_id=deadly.pk).count() == MAX_DEATHS


def test_person_lets_a_passed_over_letter_be_tried_again(
    bank: "Bank", people: "People", fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context():
        fault("os.abort()")
        deadly, _later = pair(bank, people)
        for at in moments(1):
            sweep(at)
    assert not without_file().exists()
    actions.retry_letter(letter=deadly, by=people.inspector)
    fault("pass")
    sweep(clock.midday(DAY) + dt.timedelta(days=1))
    deadly.refresh_from_db()
    assert (deadly.state, deadly.error, deadly.deaths) == (LetterState.ISSUED, "", 0)


def test_ordinary_failure_is_never_given_up_and_pauses_grow(
    bank: "Bank", people: "People", fault: Fault
) -> None:
    fault("sys.exit('示例')")
    deadly, _later = pair(bank, people)
    for at in moments(6):
        sweep(at)
    deadly.refresh_from_db()
    assert (deadly.attempts, deadly.deaths) == (11, 0)
    assert deadly.error == "Failed: 示例"


def test_attempt_is_noted_before_it_is_made(
    bank: "Bank", people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check that a killed worker leaves its attempts, and that the letter becomes a work item."""
    letter = signed(bank, people.decider)

    def killed(_letter: Letter) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "pdf_of", killed)
    for number, minute in enumerate((0, 2, 5), start=1):
        with pytest.raises(KeyboardInterrupt):
            sweep(clock.midday(DAY) + dt.timedelta(minutes=minute))
        letter.refresh_from_db()
        assert (letter.attempts, letter.error) == (number, actions.NOT_FINISHED)
        sweep(clock.midday(DAY) + dt.timedelta(minutes=minute, seconds=30))
    sweep(clock.midday(DAY) + dt.timedelta(hours=1))
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, MAX_DEATHS)
    assert list(failed()) == [letter]
    assert not without_file().exists()


def test_full_disk_leaves_attempt_and_error(
    bank: "Bank", people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = signed(bank, people.decider)

    def full(_stored_name: str, _blocks: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write_incoming", full)
        assert actions.make_file(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.deaths) == (LetterState.FAILED, 1, 0)
    assert letter.error == "OSError: [Errno 28] No space left on device"


def test_letter_is_made_in_a_process_of_its_own(
    bank: "Bank", people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        render,
        "made_apart",
        lambda html, *, identifier, fonts: output_of(
            "zsbank.base.letters.renderer",
            render.words(html, identifier=identifier, fonts=fonts),
            render.LIMITS,
        ),
    )
    letter = signed(bank, people.decider)
    assert actions.make_file(letter.pk)
    letter.refresh_from_db()
    assert letter.file
    store.move_into_place(letter.file.stored_name)
    assert letter.title in "".join(read(letter, "pdftotext").split())


def test_in_this_process_a_deadly_letter_would_end_the_worker(
    bank: "Bank", people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without a process of its own, the death is the worker's."""
    letter = signed(bank, people.decider)

    def dies(html: str, **_asked: object) -> bytes:
        faulthandler.disable()
        os.kill(os.getpid(), 11)
        return b""

    monkeypatch.setattr(render, "made_apart", dies)
    worker = os.fork()
    if worker == 0:
        render.pdf_of(letter)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == -11


def test_confined_program_is_stopped() -> None:
    with pytest.raises(Stopped):
        output_of("zsbank.base.letters.renderer", b"{}", Limits(0.01, 5, 2 * 1024**3))
