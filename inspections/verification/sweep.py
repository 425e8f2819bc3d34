"""Sweep step of verification: the reminder of its day."""

from inspections.verification.actions.messages import REMINDER
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = (REMINDER.step,)
