"""`manage.py first_administrator`: enter the first security administrator, and print how to get in."""

import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from zsbank.base.accounts.actions import enter_officer, password_link
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

MINUTES = settings.PASSWORD_RESET_TIMEOUT // 60


class Command(BaseCommand):
    help = (
        "Enter the first security administrator, without a password, and print the link to set it. Refused once there "
        "is one; for one who has never signed in, --link prints a new link."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("name", nargs="?", default="", help="the full name, as shown in the journal")
        parser.add_argument("email", nargs="?", default="", help="where later mails go")
        parser.add_argument(
            "--link", action="store_true", help="only print a new link; give the sign-in name alone"
        )

    def handle(self, *args: Any, username: str, name: str, email: str, link: bool, **options: Any) -> None:
        if link:
            self._say(self._never_signed_in(username))
            return
        if people_with(Verb.GRANT_ROLE).exists():
            self._refuse("there is a security administrator; ask them")
        if not (name.strip() and "@" in email):
            self._refuse("give sign-in name, full name and e-mail address")
        self._say(
            enter_officer(
                username=username, name=name, email=email, role=Role.SECURITY_ADMINISTRATOR, by=None
            )
        )

    def _never_signed_in(self, username: str) -> User:
        person = people_with(Verb.GRANT_ROLE).filter(username=username, last_login=None).first()
        if person is None or person.has_usable_password():
            self._refuse(f"{username} is no security administrator without a password")
        return person

    def _refuse(self, reason: str) -> NoReturn:
        self.stderr.write(f"first_administrator: {reason}")
        sys.exit(2)

    def _say(self, person: User) -> None:
        self.stdout.write(
            f"{person.username} 已建立。请在 {MINUTES} 分钟内打开下面的链接设置密码（只能使用一次），然后登录。\n"
            f"{person.username} is entered. Within {MINUTES} minutes, open this link once to set the password; then "
            "sign in.\n"
        )
        if settings.SECOND_FACTOR_REQUIRED:
            self.stdout.write(
                "登录后系统要求设置二次验证：动态口令或通行密钥。\n"
                "You will be asked for a second factor: an authenticator app or a passkey.\n"
            )
        self.stdout.write(f"\n  {password_link(person)}\n\n")
        self.stdout.write(f"之后 afterwards: {settings.SITE_ADDRESS}/admin/set-up/")
