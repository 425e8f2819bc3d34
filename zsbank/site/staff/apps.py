from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class StaffConfig(subjects.SubjectsConfig):
    name = "zsbank.site.staff"
    verbose_name = _("Staff")

    def ready(self) -> None:
        """Register the desk pages of every declared case, once all apps are loaded."""
        super().ready()
        from django.contrib import admin  # noqa: PLC0415 needs the models

        from zsbank.base.pages.desks import register_desks  # noqa: PLC0415 needs the models

        register_desks(admin.site)
