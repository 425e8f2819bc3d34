from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class InspectionsConfig(subjects.SubjectsConfig):
    name = "inspections"
    verbose_name = _("Supervision")
    subjects = (
        "determinations",
        "rectification",
        "verification",
        "setting_aside",
        "schemes",
        "assessments",
        "fees",
        "complaints",
        "visits",
    )
