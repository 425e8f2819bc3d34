from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class AdmissionConfig(subjects.SubjectsConfig):
    name = "admission"
    verbose_name = _("Admission")
    subjects = ("editions", "applications", "review", "decisions")
