"""App configuration for apps whose code is in subject folders."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class SubjectsConfig(AppConfig):
    """Loads models and desk pages of an app's subjects, so that the app needs no `models.py`."""

    subjects: ClassVar[tuple[str, ...]] = ()
    """The folders, lowest first: upper ones may import lower ones."""

    def import_models(self) -> None:
        """Import the models of each subject."""
        super().import_models()
        self._import_modules("models")

    def ready(self) -> None:
        """Import the desk pages of each subject, which register themselves."""
        self._import_modules("desk")

    def packages(self) -> Iterator[ModuleType]:
        """Return the package of each subject, or of the app if it has none."""
        for name in [f"{self.name}.{subject}" for subject in self.subjects] or [self.name]:
            yield import_module(name)

    def _import_modules(self, name: str) -> None:
        for package in self.packages():
            if module_has_submodule(package, name):
                import_module(f"{package.__name__}.{name}")
