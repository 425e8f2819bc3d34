from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExitConfig(AppConfig):
    name = "exit"
    verbose_name = _("Exit")
