from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class ExitConfig(subjects.SubjectsConfig):
    name = "exit"
    verbose_name = _("Exit")
    subjects = ("cases", "takeover")
