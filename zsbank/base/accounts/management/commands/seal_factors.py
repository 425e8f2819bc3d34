"""`manage.py seal_factors`: second factors sealed with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from zsbank.base.accounts.factors import seal_anew


class Command(BaseCommand):
    """Run by every start; by hand after a backup was restored, and before an earlier key is taken away."""

    help = (
        "Seal with the newest key what second factors are made from; says which no key that is given opens."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what was done, and what could not be."""
        done = seal_anew()
        if done.now:
            self.stdout.write(f"{done.now} second factors sealed with the newest key")
        for pk in done.unopenable:
            self.stderr.write(f"mfa.authenticator {pk}: no key that is given opens it; it lets nobody in")
