"""`manage.py load_policy`: publish the policy editions shipped with the program."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from admission.editions.actions import edition_files, load_edition
from zsbank.base.refusals import Refused


class Command(BaseCommand):
    help = "Publish the policy editions that come with the program; those already published stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in edition_files():
            try:
                loaded = load_edition(path)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(f"{path.stem}: {'published' if loaded else 'already published'}")
