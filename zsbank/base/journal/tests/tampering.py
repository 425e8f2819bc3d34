"""Changing the record behind its back, for tests of what then is found."""

from django.db import connection

from zsbank.base.journal import triggers


def settle() -> None:
    """What the database does at commit, done now: a test's transaction is never committed."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tamper(*statements: str) -> None:
    """Change tables as somebody could who owns the database: triggers off, foreign keys unheeded."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    triggers.install(connection)
