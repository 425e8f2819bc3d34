"""Applications, answers, evidence, service commitments and supplement requests."""

from admission.applications.models.answers import Answer, Evidence
from admission.applications.models.applications import Application, ApplicationQuerySet
from admission.applications.models.commitments import ServiceCommitment
from admission.applications.models.supplements import SupplementItem, SupplementRequest

__all__ = [
    "Answer",
    "Application",
    "ApplicationQuerySet",
    "Evidence",
    "ServiceCommitment",
    "SupplementItem",
    "SupplementRequest",
]
