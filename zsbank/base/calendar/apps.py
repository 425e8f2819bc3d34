from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "zsbank.base.calendar"
    label = "zsbank_calendar"
    verbose_name = _("Calendar")
