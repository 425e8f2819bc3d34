"""`manage.py grant_application ROLE`: grant privileges to the application's PostgreSQL role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from zsbank.base.journal.grants import statements
from zsbank.base.journal.triggers import TABLES


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
            role, database = (
                connection.ops.quote_name(name)
                for name in (options["role"], connection.settings_dict["NAME"])
            )
            tables = set(connection.introspection.table_names(cursor))
            for statement in statements(role, database, tables):
                cursor.execute(statement)
        self.stdout.write(
            f"{options['role']} may append to the journal and read it, and change what is not decided or signed"
        )
