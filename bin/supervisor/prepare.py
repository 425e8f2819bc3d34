"""Preparation before serving: migrations, policy edition and, on a first start, the demonstration."""

import os
import sys

import django
from django.core.management import call_command

from zsbank import folders


def main() -> None:
    """Prepare the database; print only the demonstration's sign-in names, or the next step, to standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    folders.prepare()
    django.setup()
    from django.conf import settings  # noqa: PLC0415 after the set-up
    from django.contrib.auth import get_user_model  # noqa: PLC0415 needs the apps

    from zsbank.site.operations.queries import is_demonstration  # noqa: PLC0415 needs the apps

    call_command("migrate", verbosity=0, interactive=False)
    if role := os.environ.get("ZSBANK_APPLICATION_ROLE"):
        call_command("grant_application", role, stdout=sys.stderr)
    call_command("load_policy", stdout=sys.stderr)
    call_command("seal_factors", stdout=sys.stderr)
    load = "--demo" in sys.argv and not get_user_model().objects.exists()
    if (load or is_demonstration()) and not settings.PRODUCTION:
        call_command("demo", *([] if load else ["--sign-ins"]))
    else:
        call_command("next_step")


if __name__ == "__main__":
    main()
