"""What a life on bad lines has left in the register: all that was typed, and each step once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.apps import apps
from django.db.models import QuerySet

from tests.browser.person import Person
from zsbank.base.journal.models import Entry

NOT_OF_THE_REGISTER = ("sessions", "contenttypes", "admin")


def lost(people: Iterable[Person]) -> list[str]:
    """Return what somebody typed and no table has."""
    kept = "\n".join(_texts())
    return [f"{one.name}: {text}" for one in people for text in one.typed if text not in kept]


def _texts() -> Iterator[str]:
    """Yield what is in all tables."""
    for model in apps.get_models():
        if model._meta.app_label not in NOT_OF_THE_REGISTER:
            for row in QuerySet(model).values_list():
                yield from (str(value) for value in row if value not in (None, ""))


def taken_otherwise(expected: Mapping[str, int]) -> dict[str, int]:
    """Return how often steps were taken that were expected at another number of times."""
    taken = Counter(Entry.objects.values_list("verb", flat=True))
    return {verb: taken[verb] for verb, times in expected.items() if taken[verb] != times}
