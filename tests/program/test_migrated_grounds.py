"""Exit cases with one ground in their own columns survive the migration, and the way back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zsbank.base.calendar import clock

BEFORE = ("exit", "0001_initial")
AFTER = ("exit", "0004_ground_columns_go")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def executor() -> Iterator[MigrationExecutor]:
    """The schema of the version before; the newest again afterwards."""
    MigrationExecutor(connection).migrate([BEFORE])
    yield MigrationExecutor(connection)
    fresh = MigrationExecutor(connection)
    fresh.migrate(fresh.loader.graph.leaf_nodes())


def _apps(executor: MigrationExecutor, at: tuple[str, str]) -> Any:
    """The models as they were at a migration, the other apps as they are now."""
    nodes = [node for node in executor.loader.graph.leaf_nodes() if node[0] != at[0]]
    return executor.loader.project_state([*nodes, at]).apps


def _case(executor: MigrationExecutor, number: int, state: str) -> None:
    """Enter the bank's own application as the version before did."""
    model = _apps(executor, BEFORE).get_model
    bank = model("banks", "Bank").objects.create(
        name=f"示例银行{number}", uscc=f"91442000MADEM{number:05}", standing="qualified"
    )
    held = model("banks", "Qualification").objects.create(
        bank=bank, effective_from="2019-01-07", takeover_note="示例"
    )
    file = model("files", "StoredFile").objects.create(
        name="申请书.pdf", stored_name=f"{number:032}", kind="pdf", size=1, sha256="0" * 64, at=clock.now()
    )
    model("exit", "ExitCase").objects.create(
        bank=bank,
        qualification=held,
        ground="voluntary",
        case_number=f"TC-2026-{number:04}",
        state=state,
        statement=f"业务调整{number}。",
        document=file,
        opened_at=clock.now(),
    )


def test_each_case_gets_its_ground_and_gives_it_back(executor: MigrationExecutor) -> None:
    _case(executor, 1, "opened")
    _case(executor, 2, "withdrawn")
    forward = MigrationExecutor(connection)
    forward.migrate([AFTER])
    grounds = _apps(forward, AFTER).get_model("exit", "Ground").objects
    found = grounds.order_by("pk").values_list("case__case_number", "kind", "statement", "ended_why")
    assert list(found) == [
        ("TC-2026-0001", "voluntary", "业务调整1。", ""),
        ("TC-2026-0002", "voluntary", "业务调整2。", "withdrawn"),
    ]
    back = MigrationExecutor(connection)
    back.migrate([BEFORE])
    rows = _apps(back, BEFORE).get_model("exit", "ExitCase").objects.order_by("pk")
    assert [(row.ground, row.statement, row.document_id is not None) for row in rows] == [
        ("voluntary", "业务调整1。", True),
        ("voluntary", "业务调整2。", True),
    ]
    rows.all().delete()
