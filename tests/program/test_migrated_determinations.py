"""Determinations recorded before they were proposed and made survive the migration, and the way back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zsbank.base.calendar import clock

BEFORE = ("inspections", "0002_people_of_results")
AFTER = ("inspections", "0004_rules_of_proposals")
BESIDE = ("banks", "0004_bank_changes")
"""The banks' tables stay as they are now."""
DAY = "2025-03-03"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def executor() -> Iterator[MigrationExecutor]:
    """The schema of the version before; the newest again afterwards."""
    MigrationExecutor(connection).migrate([BEFORE])
    yield MigrationExecutor(connection)
    fresh = MigrationExecutor(connection)
    fresh.migrate(fresh.loader.graph.leaf_nodes())


def _recorded(executor: MigrationExecutor, pk: int) -> None:
    """Enter a determination as the version before did."""
    apps = executor.loader.project_state([BEFORE, BESIDE]).apps
    person, bank = apps.get_model("accounts", "User"), apps.get_model("banks", "Bank")
    by, other = (
        person.objects.create(username=f"{name}{pk}", name=name) for name in ("inspector", "decider")
    )
    row = bank.objects.create(name=f"示例银行{pk}", uscc=f"91442000MADEM{pk:05}", standing="qualified")
    held = apps.get_model("banks", "Qualification").objects.create(
        bank=row, effective_from="2019-01-07", takeover_note="示例"
    )
    file = apps.get_model("files", "StoredFile").objects.create(
        name="认定书.pdf", stored_name=f"{pk:032}", kind="pdf", size=1, sha256="0" * 64, at=clock.now()
    )
    apps.get_model("inspections", "Determination").objects.create(
        pk=pk,
        bank=row,
        qualification=held,
        kind="serious_breach",
        determination_date=DAY,
        decided_by=other,
        facts="系统停摆三日。",
        document=file,
        recorded_at=clock.now(),
        recorded_by=by,
    )


def test_recorded_determinations_are_made_and_a_proposal_stops_the_way_back(
    executor: MigrationExecutor,
) -> None:
    for pk in (1, 2):
        _recorded(executor, pk)
    forward = MigrationExecutor(connection)
    forward.migrate([AFTER])
    rows = forward.loader.project_state([AFTER]).apps.get_model("inspections", "Determination").objects
    for row in rows.order_by("pk"):
        assert (row.state, str(row.determination_date)) == ("made", DAY)
        assert (row.decided_by.name, row.proposed_by.name) == ("decider", "inspector")
        assert row.made_at == row.proposed_at
        assert (row.confirmed_by, row.paper_date, row.closed_reason) == (None, None, "")
    assert rows.count() == 2
    rows.filter(pk=2).update(state="proposed", determination_date=None, decided_by=None, made_at=None)
    with pytest.raises(RuntimeError, match="no way back"):
        MigrationExecutor(connection).migrate([BEFORE])
    rows.filter(pk=2).delete()
    MigrationExecutor(connection).migrate([BEFORE])
    old = executor.loader.project_state([BEFORE]).apps.get_model("inspections", "Determination").objects
    assert [row.recorded_by.name for row in old.all()] == ["inspector"]
