from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "zsbank.base.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        """Register the check for a virus scanner, and let every action look through its files beforehand."""
        from zsbank.base.actions.beforehand import before_each_action  # noqa: PLC0415 needs the apps
        from zsbank.base.files.checks import scanner_is_there  # noqa: PLC0415 reads the settings
        from zsbank.base.files.examined import examine_all  # noqa: PLC0415 needs the tables

        checks.register(scanner_is_there, checks.Tags.security, deploy=True)
        before_each_action(examine_all)
