"""What the processes of the fault tests do in the register: prepare cases, act, and judge."""

import datetime as dt
import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO, StringIO
from pathlib import Path
from unittest.mock import patch

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.files import File
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse
from django_fsm import ConcurrentTransitionMixin

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.decisions.actions.decisions import decide as decide_action
from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, make_edition, recommended
from banks.register.identifiers import with_check_characters
from banks.register.models import Bank
from banks.tests.factories import make_member
from conftest import FAR, People, make_officer
from exit.cases.models import ExitCase
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import ordered, qualified
from tests.faults.servers import wait_for
from tests.lives.machine import ROLES, registered
from zsbank.base.accounts.allauth_private import AUTHENTICATION_METHODS_USER_SESSION_KEY, user_id_to_str
from zsbank.base.accounts.models import User
from zsbank.base.accounts.sessions import BEGAN, SEEN
from zsbank.base.calendar import clock
from zsbank.base.calendar.models import HolidayDay, HolidayYear
from zsbank.base.calendar.stock import keep_package_years
from zsbank.base.files import store
from zsbank.base.files.choosing import choose
from zsbank.base.journal.models import Entry
from zsbank.base.letters import actions as letters
from zsbank.base.letters import render, renderer
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import LetterState
from zsbank.base.notices.actions import unsent_messages
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused
from zsbank.base.roles import Role
from zsbank.celery import app
from zsbank.site.operations import runner

DETERMINED = dt.date(2025, 3, 3)
"""Orders of that day lapsed on 4 September 2025."""

LAPSED = dt.date(2025, 9, 4)
Decided = dict[str, int]


def people() -> People:
    """Return the officers; the first call enters them, the edition and the years of holidays."""
    if not User.objects.filter(username="o-intake").exists():
        for name, role in ROLES.items():
            make_officer(f"o-{name}", role)
        if not PolicyEdition.objects.exists():
            make_edition()
        keep_package_years(HolidayYear, HolidayDay)
    return People(**{name: User.objects.get(username=f"o-{name}") for name in ROLES})


def _bank() -> Bank:
    number = Bank.objects.count()
    code = with_check_characters(f"91442000MAFA{number:04d}")
    return registered(f"示例银行{number}", code, User.objects.get(username="o-intake"))


def _all_is_out() -> bool:
    """Make letters and send mail, unless the worker does; return whether nothing is left."""
    runner.deliver("letters", "mail")
    letters_left = Letter.objects.exclude(state=LetterState.ISSUED).exists()
    return not letters_left and not unsent_messages().exists()


def due(number: int) -> list[int]:
    """Make banks whose order is due and not lapsed yet; return their keys in the order of the sweep."""
    officers = people()
    orders = []
    for _number in range(number):
        bank = _bank()
        qualified(bank, officers.decider)
        orders.append(ordered(bank, officers, on=DETERMINED))
    with patch.object(render, "made_apart", renderer.pdf):
        wait_for(_all_is_out, "the letters are made")  # of last year, without a file they would be a finding
    return [order.bank_id for order in orders]


def lapsed(banks: list[int]) -> list[tuple[str, int, int, int]]:
    """Return what became of orders: state, entries of the lapse on the day by law, other entries, exit cases."""
    rows = RectificationOrder.objects.filter(bank__in=banks).order_by("pk")
    found = []
    for row in rows:
        entries = Entry.objects.filter(verb=Verb.LAPSE, subject_id=row.pk)
        on_day = entries.filter(effective_on=LAPSED).count()
        cases = ExitCase.objects.filter(bank=row.bank_id).count()
        found.append((str(row.state), on_day, entries.count() - on_day, cases))
    return found


ALL_DONE = (OrderState.LAPSED.value, 1, 0, 1)
"""What `lapsed` says of an order that lapsed once."""


LAPSED_ONLY = (OrderState.LAPSED.value, 1, 0, 0)
"""What it says before the sweep opens the exit case."""


def to_decide() -> tuple[int, str, str]:
    """Make an application that awaits its decision; return its key, the page of the action, and a decider's session."""
    officers = people()
    bank = _bank()
    clerk = make_member(bank, f"clerk-{bank.pk}", Role.BANK_CLERK).user
    application = recommended(bank, clerk, officers)
    path = reverse("admin:admission_application_action", args=[application.pk, Verb.DECIDE.value])
    return application.pk, path, _session(officers.decider)


def _session(person: User) -> str:
    """Sign a person in as a moment ago; return the key of the session."""
    client = Client()
    client.force_login(person)
    session = client.session
    record = {"method": "password", "at": FAR, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
    session[AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session[BEGAN] = session[SEEN] = FAR
    session.save()
    return str(session.session_key)


def outcome(application: int) -> Decided:
    """Return how often an application was decided: by its state, decisions, entries and letters."""
    row = Application.objects.get(pk=application)
    decisions = Decision.objects.filter(application=row)
    return {
        "state": int(row.state != ApplicationState.RECOMMENDED),
        "decisions": decisions.count(),
        "entries": Entry.objects.filter(
            verb=Verb.DECIDE, subject_type="admission.application", subject_id=row.pk
        ).count(),
        "letters": Letter.objects.filter(pk__in=decisions.values("letter")).count(),
    }


UNDECIDED: Decided = dict.fromkeys(("state", "decisions", "entries", "letters"), 0)
ONCE: Decided = dict.fromkeys(UNDECIDED, 1)


def has_file(application: int) -> bool:
    """Return whether the letter of the decision is made."""
    letter = Decision.objects.get(application=application).letter
    return letter.state == LetterState.ISSUED


def judged() -> list[str]:
    """Run `manage.py check_integrity`; return its findings."""
    said = StringIO()
    try:
        call_command("check_integrity", stdout=said)
    except CommandError:
        return said.getvalue().splitlines()
    return []


def ask(*tasks: str) -> None:
    """Send tasks to the worker, on a new line: Redis may have been killed since."""
    with app.connection_for_write() as line:
        for task in tasks:
            app.send_task(f"zsbank.site.operations.tasks.{task}", connection=line)


def sweep_at_once(ready: str, go: str, protected: bool) -> None:
    """Do what is due, as the command does.

    Args:
        ready: a file to create when this process has started.
        go: a file to wait for; the database lets nobody wait for a lock as long as a busy machine takes to start.
    """
    Path(ready).touch()
    wait_for(Path(go).exists, "the others have started")
    (sweep if protected else sweep_unprotected)()


def sweep() -> None:
    """Do what is due, as the command does."""
    with patch.object(render, "made_apart", renderer.pdf):
        runner.run()


@contextmanager
def unprotected() -> Iterator[None]:
    """Take the protection away: no transaction around an action, no lock on its rows, no look at their old state."""
    with (
        patch.object(transaction, "atomic", lambda *_args, **_given: nullcontext()),
        patch.object(QuerySet, "select_for_update", lambda rows, **_given: rows.all()),
        patch.object(ConcurrentTransitionMixin, "_do_update", Model._do_update),
    ):
        yield


def sweep_unprotected() -> None:
    """Sweep without transactions and locks."""
    with unprotected():
        runner.run(outgoing=False)


def decide(application: int) -> None:
    """Decide an application."""
    row = Application.objects.get(pk=application)
    decide_action(application=row, by=people().decider)


def decide_unprotected(application: int) -> None:
    """Decide without a transaction and locks."""
    with unprotected():
        decide(application)


def decide_unguarded(application: int) -> None:
    """Decide, with what follows the commit called as it is: its failure is the person's."""
    with patch.object(letters, "after_commit", _unguarded):
        decide(application)


def _unguarded(function: Callable[..., object], *args: object, **given: object) -> None:
    transaction.on_commit(lambda: function(*args, **given))  # noqa: TID251 the guard is what is off


def limit_files(size: int | None) -> None:
    """Limit the size of the files that this process may write, in bytes; None for no limit."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def upload() -> str:
    """Store an upload that no case has, as a file to be used later; return the code of the refusal, if any."""
    try:
        choose(content=File(BytesIO(PDF), "材料.pdf"), name="材料.pdf", by=people().intake)
    except FileRefused as refusal:
        return str(refusal.code)
    return ""


def upload_in_place() -> str:
    """Store an upload under its final name from the first byte, and leave what the disk took."""

    def in_place(stored_name: str, blocks: Iterable[bytes]) -> store.Written:
        path = store.final_path(stored_name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb", buffering=0) as file:
            for block in blocks:
                file.write(block)
        return store.Written(0, "")

    with patch.object(store, "write_incoming", in_place):
        return upload()


def make_letter(application: int) -> tuple[str, str, str]:
    """Try to make the letter of a decision; return its number, its state and what went wrong."""
    letter = Decision.objects.get(application=application).letter
    at = clock.now() + dt.timedelta(hours=letter.attempts)  # after the pause of a failed attempt
    with patch.object(render, "made_apart", renderer.pdf), clock.playing(at):
        letters.make_file(letter.pk)
    letter.refresh_from_db()
    return str(letter), str(letter.state), letter.error
