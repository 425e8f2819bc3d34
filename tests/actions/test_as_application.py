"""Every action succeeds with the narrow privileges of the application's role on PostgreSQL."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.actions.stage import Staged, on_stage
from tests.actions.test_every_action import ACTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ROLE = "zsbank_application"


@pytest.fixture
def application() -> Iterator[None]:
    """Lets a test become the role, and ends it."""
    call_command("grant_application", ROLE, stdout=StringIO())
    yield
    if not connection.needs_rollback:
        connection.cursor().execute("RESET ROLE")


@on_stage(ACTIONS)
def test_action_is_done_by_the_application(staged: Staged, application: None) -> None:
    connection.cursor().execute(f"SET ROLE {ROLE}")
    staged.carry_out()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)
