from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class AuditorConfig(subjects.SubjectsConfig):
    name = "zsbank.site.auditor"
    verbose_name = _("Audit")
