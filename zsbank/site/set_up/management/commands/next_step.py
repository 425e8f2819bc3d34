"""`manage.py next_step`: say what has to be done next until the register is set up."""

import shlex
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from zsbank.base.accounts.queries import people_with
from zsbank.base.cases.registry import essentials_open
from zsbank.base.permissions import Verb

LOCAL = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Say what to do next until the register is set up: the first administrator, then the set-up page."

    def handle(self, *args: Any, **options: Any) -> None:
        if not people_with(Verb.GRANT_ROLE).exists():
            self.stdout.write(
                "  下一步：在另一个终端建立第一位安全管理员，填写登录名、姓名和邮箱\n"
                "  next, in another terminal: the first security administrator, with sign-in name, name and e-mail\n\n"
                f"    {_environment()}.venv/bin/python manage.py first_administrator 登录名 姓名 邮箱\n"
            )
            return
        left = essentials_open()
        if left:
            self.stdout.write(
                f"  系统设置尚有 {len(left)} 项未完成  {len(left)} lines of the set-up are open: "
                f"{settings.SITE_ADDRESS}{reverse('set_up:page')}"
            )


def _environment() -> str:
    """Return the settings of this start that the command needs too, to be typed before it."""
    given = {}
    if settings.DATA_DIR != settings.BASE_DIR / "data":
        given["ZSBANK_DATA"] = str(settings.DATA_DIR)
    if settings.SITE_ADDRESS != LOCAL:
        given["ZSBANK_ADDRESS"] = settings.SITE_ADDRESS
    return "".join(f"{name}={shlex.quote(value)} " for name, value in given.items())
