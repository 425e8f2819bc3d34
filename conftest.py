"""Personas: two banks with their people, and the officers of the bureau. One file, used by every room's tests."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import OperationalError, connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings
from whitenoise import WhiteNoise

from admission.editions.models import PolicyEdition
from admission.tests.factories import make_edition
from banks.register.models import Bank
from banks.tests.factories import make_bank, make_member
from zsbank.base.accounts.allauth_private import AUTHENTICATION_METHODS_USER_SESSION_KEY, user_id_to_str
from zsbank.base.accounts.models import User
from zsbank.base.accounts.sessions import BEGAN, SEEN
from zsbank.base.calendar.models import HolidayDay, HolidayYear
from zsbank.base.calendar.stock import keep_package_years
from zsbank.base.files import content, pdf, reader
from zsbank.base.journal import facts, triggers
from zsbank.base.letters import render, renderer
from zsbank.base.roles import Role
from zsbank.site.operations.tests.elsewhere import manage  # noqa: F401 a fixture of several rooms

ATTEMPTS = 5
FIRST_BANK = ("示例银行甲", "91442000MADEM00116")
OTHER_BANK = ("示例银行乙", "91442000MADEM002XX")
FAR = 32503680000.0
"""A moment, in seconds, after every day that tests play."""


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of the collection of garbage, which would look through it each time."""
    gc.collect()
    gc.freeze()


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


def make_people() -> People:
    """Create the officers."""
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


def make_banks() -> tuple[Bank, Bank]:
    """Create 示例银行甲 and 示例银行乙, both applicants."""
    return make_bank(*FIRST_BANK), make_bank(*OTHER_BANK)


@pytest.fixture
def people(db: None) -> People:
    """The officers."""
    return make_people()


@pytest.fixture
def bank(db: None) -> Bank:
    """示例银行甲, an applicant."""
    return make_bank(*FIRST_BANK)


@pytest.fixture
def other_bank(db: None) -> Bank:
    """示例银行乙, whose people must see nothing of 示例银行甲."""
    return make_bank(*OTHER_BANK)


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


@pytest.fixture(autouse=True)
def work_is_counted_anew() -> None:
    """Forget the counts of work items: keys of rows and entries may be the same in the next test."""
    caches["work_counts"].clear()


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
    """Start the PDF reader once for each content: most tests submit the same PDF. Look through other kinds here."""
    started, others = pdf.answer, content.answer
    pdf.answer, content.answer = lru_cache(maxsize=32)(started), reader.word_for
    yield
    pdf.answer, content.answer = started, others


@pytest.fixture(scope="session", autouse=True)
def each_letter_made_here() -> Iterator[None]:
    """Make letters in this process; tests of the process of its own start it themselves."""
    apart = render.made_apart
    render.made_apart = renderer.pdf
    yield
    render.made_apart = apart


@pytest.fixture
def journal_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let trials put rows back without the journal, which would refuse every signature after the first."""
    monkeypatch.setattr(facts, "_contradictions", lambda _rows: ())


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[..., object]:
    """Return a context that runs the on-commit functions at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables that a test leaves as it found them."""


def rows_to_be_deleted(*_given: object, **_options: object) -> list[str]:
    """Return a statement for each table. On PostgreSQL all are locked first: a live server may still answer."""
    tables = [table for table in connection.introspection.django_table_names() if table not in KEPT]
    names = [connection.ops.quote_name(table) for table in tables]
    lock = [f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE"]
    deletions = [f"DELETE FROM {name}" for name in names]  # noqa: S608 own names
    return lock + deletions if connection.vendor == "postgresql" else deletions


def _in_one_of_some_attempts(empty: Callable[[], None]) -> None:
    """Try again where a request that a live server still answers wants the same tables in another order."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return empty()
        except OperationalError:
            if attempt == ATTEMPTS:
                raise
    return None


@lru_cache
def stored_years() -> tuple[list[HolidayYear], list[HolidayDay]]:
    """Return the years of holidays that the migration keeps; stores them the first time."""
    keep_package_years(HolidayYear, HolidayDay)
    return list(HolidayYear.objects.all()), list(HolidayDay.objects.all())


@pytest.fixture(scope="session", autouse=True)
def emptied_by_rows() -> Iterator[None]:
    """Delete rows, without the journal's triggers, after a test that commits.

    Django truncates every table and makes content types and permissions anew, which takes seconds on PostgreSQL. The
    years of holidays that the migration keeps are put back: the next test may be one that commits nothing.
    """
    execute = BaseDatabaseOperations.execute_sql_flush

    def without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        triggers.remove(connection)
        try:
            _in_one_of_some_attempts(lambda: execute(self, statements))
        finally:
            triggers.install(connection)
        years, days = stored_years()
        if not HolidayYear.objects.exists():
            HolidayYear.objects.bulk_create(years)
            HolidayDay.objects.bulk_create(days)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_triggers)
        patch.setattr(flush, "sql_flush", rows_to_be_deleted)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_given, **_options: None)
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
def hashed_quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords at little cost, except where the cost is tested: a quarter of a second each, as in service."""
    if "costly_passwords" not in request.fixturenames:
        monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
        monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 1024)


@pytest.fixture
def costly_passwords() -> None:
    """Hash passwords as in service."""


@pytest.fixture(scope="session", autouse=True)
def static_files_are_found_once() -> Iterator[None]:
    """Remember the static files: the handler of each test client would look through all of them again."""
    find: Callable[..., None] = WhiteNoise.update_files_dictionary
    found: dict[tuple[str, str], dict[str, object]] = {}

    def once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            find(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", once)
        yield


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    """Lift the rate limits: tests send requests faster than people; tests of the limits set them."""
    settings.RATE_LIMITS = {}
