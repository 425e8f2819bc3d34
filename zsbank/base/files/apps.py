from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "zsbank.base.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        """Register the check for a virus scanner, which runs with `check --deploy`."""
        from zsbank.base.files.checks import scanner_is_there  # noqa: PLC0415 reads the settings

        checks.register(scanner_is_there, checks.Tags.security, deploy=True)
