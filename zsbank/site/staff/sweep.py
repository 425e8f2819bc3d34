"""Sweep step of people: what waited for somebody who left."""

from zsbank.base.calendar.sweeping import Step
from zsbank.site.staff import departures

STEPS: tuple[Step, ...] = (Step("tell_of_departures", departures.untold, departures.tell, after_others=True),)
