from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class OperationsConfig(subjects.SubjectsConfig):
    name = "zsbank.site.operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        """Register the health of the program's parts for the desk's home."""
        super().ready()
        from zsbank.base.pages import program  # noqa: PLC0415 needs the models
        from zsbank.site.operations.health import parts_for  # noqa: PLC0415 needs the models

        program.register_source(parts_for)
