from django.utils.translation import gettext_lazy as _

from zsbank.base.cases import subjects


class HolidaysConfig(subjects.SubjectsConfig):
    name = "zsbank.site.holidays"
    verbose_name = _("Holidays")
