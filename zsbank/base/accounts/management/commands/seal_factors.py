"""`manage.py seal_factors`: seal second factors with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from zsbank.base.accounts.factors import seal_all


class Command(BaseCommand):
    """Runs at every start; run it by hand after a restore, and before an earlier key is removed."""

    help = "Seal the secrets of second factors with the newest key; report those that no given key opens."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the number of sealed second factors, and those that no key opens."""
        done = seal_all()
        if done.now:
            self.stdout.write(f"{done.now} second factors sealed with the newest key")
        for pk in done.unopenable:
            self.stderr.write(f"mfa.authenticator {pk}: no key that is given opens it; it lets nobody in")
