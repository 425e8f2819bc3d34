from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class BanksConfig(subjects.SubjectsConfig):
    name = "banks"
    verbose_name = _("Banks")
    subjects = ("register", "papers", "outlets", "members", "hearings", "registrations", "changes")
