"""`manage.py first_administrator`: enter the first security administrator."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from zsbank.base.accounts.actions import enter_officer
from zsbank.base.accounts.queries import people_with
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role


class Command(BaseCommand):
    help = "Enter the first security administrator, without a password; refused once there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("name", help="the full name, as shown in the journal")
        parser.add_argument("email", help="where the link to set the password goes")

    def handle(self, *args: Any, username: str, name: str, email: str, **options: Any) -> None:
        if people_with(Verb.GRANT_ROLE).exists():
            self.stderr.write("first_administrator: there is a security administrator; ask them")
            sys.exit(2)
        enter_officer(username=username, name=name, email=email, role=Role.SECURITY_ADMINISTRATOR, by=None)
        page = settings.SITE_ADDRESS + reverse("account_reset_password")
        self.stdout.write(f"{username} is entered. Have the link to set a password mailed: {page}")
