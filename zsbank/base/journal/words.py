"""What was done, in words: declared with each kind of case, known to what stands below them."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]

_sources: list[Callable[[], Words]] = []


def declared_by(source: Callable[[], Words]) -> None:
    """Let the registry of cases say in words what each verb is; it is asked whenever words are needed."""
    _sources[:] = [source]


def all_words() -> Words:
    """Return the declared words of all verbs, which follow a person's name: "accepted the report"."""
    return _sources[0]() if _sources else {}


def verb_in_words(verb: str) -> str:
    """Return what was done, in words; the verb itself if none are declared."""
    return str(all_words().get(verb, verb))
