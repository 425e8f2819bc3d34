"""Each exit case so far had one ground, in its own columns; it becomes a row."""

from collections.abc import Iterable
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1000
KEY = "exit.exitcase"


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the ground of each case; a withdrawn application has ended when it was withdrawn."""
    alias = schema_editor.connection.alias
    cases = apps.get_model("exit", "ExitCase").objects.using(alias)
    grounds = apps.get_model("exit", "Ground")
    keys = list(cases.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        notices = _notices(apps, alias, some)
        withdrawn = _withdrawn(apps, alias, some)
        rows = [
            grounds(
                case_id=case.pk,
                kind=case.ground,
                statement=case.statement,
                document_id=case.document_id,
                determination_id=case.determination_id,
                order_id=case.order_id,
                joined_at=case.opened_at,
                joined_by_id=case.opened_by_id,
                notice_id=notices.get(case.pk),
                ended_at=withdrawn.get(case.pk, case.opened_at) if case.state == "withdrawn" else None,
                ended_why="withdrawn" if case.state == "withdrawn" else "",
            )
            for case in cases.filter(pk__in=some).order_by("pk")
        ]
        grounds.objects.using(alias).bulk_create(rows)


def _notices(apps: Apps, alias: str, keys: Iterable[int]) -> dict[int, int]:
    """Return the prior notice by key of case."""
    rows = apps.get_model("banks", "PriorNotice").objects.using(alias)
    return dict(rows.filter(case_type=KEY, case_id__in=keys).values_list("case_id", "pk"))


def _withdrawn(apps: Apps, alias: str, keys: Iterable[int]) -> dict[int, Any]:
    """Return the moment of withdrawal by key of case, as the journal holds it."""
    entries = apps.get_model("journal", "Entry").objects.using(alias)
    found = entries.filter(subject_type=KEY, subject_id__in=keys, verb="withdraw_exit_application")
    return dict(found.order_by("pk").values_list("subject_id", "at"))


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the rows again; the columns of the cases still hold the grounds."""
    apps.get_model("exit", "Ground").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("banks", "0006_notices_of_a_case"),
        ("exit", "0002_grounds_of_exit"),
        ("journal", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, empty)]
