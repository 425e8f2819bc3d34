"""`manage.py grant_application ROLE`: grant privileges to the application's PostgreSQL role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from zsbank.base.journal.triggers import TABLES

STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE ALL ON journal_entry, journal_link FROM {role}",
    "GRANT SELECT, INSERT ON journal_entry TO {role}",
    "GRANT SELECT ON journal_link TO {role}",
)


class Command(BaseCommand):
    """Run as the owner of the tables after every migration; the programs then sign in as the role."""

    help = f"Grant a role its privileges; on {' and '.join(TABLES)} only to append and to read."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the name of the role."""
        parser.add_argument("role", help="the PostgreSQL role that web, worker and beat sign in with")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Grant and revoke in one transaction."""
        if connection.vendor != "postgresql":
            raise CommandError("only PostgreSQL has roles", returncode=2)
        with transaction.atomic(), connection.cursor() as cursor:
            role = connection.ops.quote_name(options["role"])
            for statement in STATEMENTS:
                cursor.execute(statement.format(role=role))
        self.stdout.write(
            f"{options['role']} may append to the journal and read it, and change everything else"
        )
