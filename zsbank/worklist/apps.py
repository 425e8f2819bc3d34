from django.apps import AppConfig
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class WorklistConfig(AppConfig):
    name = "zsbank.worklist"
    verbose_name = _("Work list")

    def ready(self) -> None:
        """Only our own registers stand at the desk: what libraries bring along has no verbs and no record."""
        from zsbank.desk.site import DeskAdmin  # noqa: PLC0415 needs the models

        for model, register in list(admin.site._registry.items()):  # noqa: SLF001 Django has no other list of them
            if not isinstance(register, DeskAdmin):
                admin.site.unregister(model)
