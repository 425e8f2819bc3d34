from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class SetUpConfig(subjects.SubjectsConfig):
    name = "zsbank.site.set_up"
    verbose_name = _("Set-up")
