"""The schema made by the migrations equals that of the models."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy
]


def made() -> dict[str, dict[str, Any]]:
    """The columns of each table with nullability, and the names of constraints."""
    look = connection.introspection
    with connection.cursor() as cursor:
        return {
            table: {
                "columns": {
                    column.name: bool(column.null_ok) for column in look.get_table_description(cursor, table)
                },
                "constraints": set(look.get_constraints(cursor, table)),
            }
            for table in look.table_names(cursor)
        }


def said(model: type[models.Model]) -> dict[str, Any]:
    """The same according to a model."""
    named = [*model._meta.constraints, *model._meta.indexes]
    return {
        "columns": {
            field.column: field.null
            for field in model._meta.local_concrete_fields
            if field.column is not None
        },
        "constraints": {one.name for one in named},
    }


def test_every_model_change_has_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrated_schema_equals_the_models() -> None:
    tables = made()
    for model in MODELS:
        table, own = tables[model._meta.db_table], said(model)
        assert table["columns"] == own["columns"], model
        assert own["constraints"] <= table["constraints"], model


def test_database_has_no_other_tables_but_attempt_counts() -> None:
    ours = {model._meta.db_table for model in MODELS}
    assert set(made()) - ours == {"cache", "django_migrations"}
