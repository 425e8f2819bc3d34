"""The portal page of a bank's annual assessments."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState


@require_GET
@for_members
def assessments(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's final assessments, newest year first; drafts are hidden."""
    rows = Assessment.objects.filter(bank=bank, state=AssessmentState.FINAL)
    context = {"bank": bank, "assessments": rows, "room": "inspections:assessments"}
    return render(request, "inspections/assessments.html", context)
