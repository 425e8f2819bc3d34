"""Personas: two banks with their people, and the officers of the bureau. One file, used by every room's tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.models import Group
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from admission.editions.models import PolicyEdition
from admission.tests.factories import make_edition
from banks.register.models import Bank
from banks.tests.factories import make_bank, make_member
from zsbank.base.accounts.allauth_private import AUTHENTICATION_METHODS_USER_SESSION_KEY, user_id_to_str
from zsbank.base.accounts.models import User
from zsbank.base.accounts.sessions import BEGAN, SEEN
from zsbank.base.files import pdf
from zsbank.base.journal import triggers
from zsbank.base.roles import Role
from zsbank.site.operations.tests.elsewhere import manage  # noqa: F401 a fixture of several rooms

FAR = 32503680000.0
"""A moment, in seconds, after every day that tests play."""


@dataclass(frozen=True)
class People:
    """The officers of the tests, with one role each."""

    intake: User
    reviewer: User
    decider: User
    second_decider: User
    inspector: User
    assessor: User
    second_assessor: User
    auditor: User


def make_officer(username: str, role: Role) -> User:
    """Create an officer of the bureau with one role."""
    user = User.objects.create(
        username=username, name=f"{username}员", email=f"{username}@hrss.example", is_staff=True
    )
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


@pytest.fixture
def people(db: None) -> People:
    """The officers."""
    return People(
        intake=make_officer("intake", Role.INTAKE_OFFICER),
        reviewer=make_officer("reviewer", Role.REVIEWER),
        decider=make_officer("decider", Role.DECIDER),
        second_decider=make_officer("decider2", Role.DECIDER),
        inspector=make_officer("inspector", Role.INSPECTOR),
        assessor=make_officer("assessor", Role.ASSESSOR),
        second_assessor=make_officer("assessor2", Role.ASSESSOR),
        auditor=make_officer("auditor", Role.AUDITOR),
    )


@pytest.fixture
def bank(db: None) -> Bank:
    """示例银行甲, an applicant."""
    return make_bank("示例银行甲", "91442000MADEM00116")


@pytest.fixture
def other_bank(db: None) -> Bank:
    """示例银行乙, whose people must see nothing of 示例银行甲."""
    return make_bank("示例银行乙", "91442000MADEM002XX")


@pytest.fixture
def clerk(bank: Bank) -> User:
    """A clerk of 示例银行甲."""
    return make_member(bank, "clerk", Role.BANK_CLERK).user


@pytest.fixture
def administrator(bank: Bank) -> User:
    """The administrator of 示例银行甲."""
    return make_member(bank, "bankadmin", Role.BANK_ADMINISTRATOR).user


@pytest.fixture
def stranger(other_bank: Bank) -> User:
    """The administrator of 示例银行乙."""
    return make_member(other_bank, "stranger", Role.BANK_ADMINISTRATOR).user


@pytest.fixture
def edition(db: None) -> PolicyEdition:
    """The policy edition in force."""
    return make_edition()


@pytest.fixture(autouse=True)
def files_of_their_own(tmp_path: Path, settings: Settings) -> None:
    """Keep files and checkpoints of each test in separate folders."""
    settings.FILES_DIR = tmp_path / "files"
    settings.CHECKPOINTS_DIR = tmp_path / "checkpoints"


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_left(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End connections that threads of a live server left open, which would keep the database from being dropped."""
    yield
    made = str(connection.settings_dict["NAME"]).startswith("test_")
    if connection.vendor != "postgresql" or not made:
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
        )


@pytest.fixture(scope="session", autouse=True)
def each_pdf_looked_through_once() -> Iterator[None]:
    """Start the PDF reader once for each content: most tests submit the same PDF."""
    started = pdf.answer
    pdf.answer = lru_cache(maxsize=32)(started)
    yield
    pdf.answer = started


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[..., object]:
    """Return a context that runs the on-commit functions at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(scope="session", autouse=True)
def emptied_with_the_journal() -> Iterator[None]:
    """Disable the journal's triggers while a test that commits empties every table."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        triggers.remove(connection)
        try:
            flush(self, statements)
        finally:
            triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True)
def signed_in_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark the sign-in of tests as recent; tests of re-authentication sign in through the page."""
    force_login = Client.force_login

    def with_record(self: Client, user: User, backend: str | None = None) -> None:
        force_login(self, user, backend)
        session = self.session
        record = {"method": "password", "at": FAR, "reauthenticated": True}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
        session[AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
        session[BEGAN] = session[SEEN] = FAR
        session.save()

    monkeypatch.setattr(Client, "force_login", with_record)


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    """Lift the rate limits: tests send requests faster than people; tests of the limits set them."""
    settings.RATE_LIMITS = {}
