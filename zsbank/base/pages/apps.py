from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "zsbank.base.pages"
    verbose_name = _("Shared pages")
