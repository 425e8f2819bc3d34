"""The field of a case's state."""

from collections.abc import Sequence
from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """A state that only transitions change.

    Migrations see the column that it is. Each `FSMField` of a migration's models would look for transitions in every
    model built afterwards: a third of the time of all migrations.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return a text field."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs
