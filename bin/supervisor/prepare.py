"""Before serving: migrations, the policy edition and, on a first start, the demonstration."""

import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    """Prints nothing but the demonstration's sign-ins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415 needs the apps

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_policy", stdout=sys.stderr)
    people = get_user_model().objects
    if "--demo" in sys.argv and not people.exists():
        call_command("demo", stdout=sys.stderr)
    call_command("demo", "--sign-ins")


if __name__ == "__main__":
    main()
