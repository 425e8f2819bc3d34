"""Helpers for changing the journal against its rules, to test the detection."""

from django.db import connection

from zsbank.base.journal import triggers


def run_deferred_triggers() -> None:
    """Run the deferred triggers of a commit: a test's transaction is never committed."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tamper(*statements: str) -> None:
    """Execute SQL as the owner of the database could: without triggers and constraints."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    triggers.install(connection)
