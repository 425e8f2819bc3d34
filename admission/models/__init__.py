"""What admission keeps, one file a subject: Django finds the models of an app in this package."""

from admission.models.answers import Answer, Evidence
from admission.models.applications import Application
from admission.models.casework import Looking, Note, Opinion, SiteVisit
from admission.models.decisions import Agreement, Decision, Recommendation
from admission.models.editions import Criterion, PolicyEdition
from admission.models.review import Conflict, Finding, Remark
from admission.models.supplements import Extension, SupplementItem, SupplementRequest

__all__ = [
    "Agreement",
    "Answer",
    "Application",
    "Conflict",
    "Criterion",
    "Decision",
    "Evidence",
    "Extension",
    "Finding",
    "Looking",
    "Note",
    "Opinion",
    "PolicyEdition",
    "Recommendation",
    "Remark",
    "SiteVisit",
    "SupplementItem",
    "SupplementRequest",
]
