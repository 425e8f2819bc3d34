"""`manage.py demo`: load the demonstration once, and print its sign-ins."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from banks.register.models import Bank
from zsbank.site.operations.demonstration.lives import Demonstration
from zsbank.site.operations.demonstration.people import password, sign_ins
from zsbank.site.operations.queries import is_demonstration


class Command(BaseCommand):
    help = "Load fictitious banks, one in each standing, by the register's own actions. Has no effect the second time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="print only the sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("the demonstration has sign-ins that anybody can read; not in production")
        if not is_demonstration():
            if options["sign_ins"]:
                return
            if Bank.objects.exists():
                self.stderr.write(
                    "demo: this register holds real banks; the demonstration goes into an empty one only"
                )
                sys.exit(2)
            Demonstration().play()
        for username, name, role in sign_ins():
            self.stdout.write(f"  {username:<12}{name}　{role}")
        self.stdout.write(f"  密码 password: {password()}")
