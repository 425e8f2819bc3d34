"""Models of inspections."""

from inspections.visits.models.answers import VisitAnswer
from inspections.visits.models.checklist import ChecklistItem, PersonPresent, VisitedOutlet
from inspections.visits.models.visits import InspectionVisit

__all__ = ["ChecklistItem", "InspectionVisit", "PersonPresent", "VisitAnswer", "VisitedOutlet"]
