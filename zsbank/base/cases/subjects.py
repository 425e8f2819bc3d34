"""An app whose code lies in folders, one a subject."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class SubjectsConfig(AppConfig):
    """Brings the models and the desk pages of an app's subjects to Django, so that an app needs no `models.py`."""

    subjects: ClassVar[tuple[str, ...]] = ()
    """The folders, lowest first: the upper may import the lower."""

    def import_models(self) -> None:
        """Import each subject's models."""
        super().import_models()
        self._bring("models")

    def ready(self) -> None:
        """Import each subject's pages of the desk, which register themselves."""
        self._bring("desk")

    def packages(self) -> Iterator[ModuleType]:
        """The folder of each subject; the app itself where it has none."""
        for name in [f"{self.name}.{subject}" for subject in self.subjects] or [self.name]:
            yield import_module(name)

    def _bring(self, name: str) -> None:
        for package in self.packages():
            if module_has_submodule(package, name):
                import_module(f"{package.__name__}.{name}")
