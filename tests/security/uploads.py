"""Every page with an upload, by the form field for the file."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.actions.evidence import attach_evidence
from admission.applications.models import Evidence, ServiceCommitment
from admission.decisions.actions.decisions import decide
from admission.decisions.models import Agreement
from admission.review.actions.acceptance import accept_application
from admission.review.models import SiteVisit
from admission.tests.factories import admitted, pdf_file, recommended, submitted
from banks.changes.models import BankChange
from banks.outlets.models import OutletImport
from banks.outlets.tests.sheets import outlet, xlsx
from banks.register.models import Bank, Qualification
from exit.cases.models import ExitCase
from exit.takeover.models import TakeoverScan
from exit.takeover.tests.test_pages import FIELDS as ONE_BANK
from exit.takeover.tests.workbooks import bank as row_of_bank
from exit.takeover.tests.workbooks import entered as takeover_of
from exit.takeover.tests.workbooks import qualification, workbook
from tests.security.upload_place import FUTURE, TYPED, Place, World, action_page
from tests.security.uploads_of_supervision import (
    checklist,
    complaint_answer,
    determination,
    fee_notice,
    inspection_answer,
    inspection_correction,
    inspection_proposal,
    progress,
    recorded_payment,
    report,
    setting_aside,
    signed_record,
    stated_payment,
    verification,
)
from zsbank.base.calendar import clock
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.tests.bad_office import with_macros
from zsbank.base.letters.models import Letter, Service
from zsbank.base.letters.terms import Manner


def criterion_page(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    path = reverse("admission:criterion", args=[draft.pk, 1])
    return Place(world.clerk, path, "file", Evidence, {"text": TYPED, "version": 0})


def single_evidence(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    return Place(world.clerk, reverse("admission:upload", args=[draft.pk, 1]), "file", Evidence, typed="")


def replacement_evidence(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    first = draft.edition.criteria.get(number=1)
    old = attach_evidence(
        application=draft, criterion=first, by=world.clerk, content=pdf_file(), name="旧.pdf"
    )
    path = reverse("admission:upload", args=[draft.pk, 1])
    return Place(world.clerk, path, "file", Evidence, {"replaces": old.pk}, typed="")


def site_visit(world: World) -> Place:
    case = accept_application(application=submitted(world.bank, world.clerk), by=world.people.intake)
    entered = {
        "visited_on": clock.today().isoformat(),
        "elsewhere": "示例小榄支行",
        "led_by": world.people.reviewer.pk,
        "accompanied_by": world.people.inspector.pk,
        "criteria": [case.edition.criteria.get(number=5).pk],
        "report": TYPED,
    }
    path = action_page("admission_application", "record_site_visit", case)
    return Place(
        world.people.reviewer, path, "files", SiteVisit, entered, spoilt={"visited_on": "2100-01-01"}
    )


def agreement(world: World) -> Place:
    case = recommended(world.bank, world.clerk, world.people)
    decide(application=case, by=world.people.decider)
    today = clock.today().isoformat()
    entered = {
        "kind": "cooperation",
        "number": "协示例7号",
        "bank_signed_on": today,
        "bureau_signed_on": today,
    }
    path = action_page("admission_application", "record_agreement", case)
    return Place(world.people.reviewer, path, "document", Agreement, entered, "协示例7号", spoilt=FUTURE)


def approval_to_issue(world: World) -> Place:
    held = admitted(world.bank, world.clerk, world.people)
    Qualification.objects.update(issuing_from=None)
    entered = {"approval_number": "示例银发7号", "approval_date": clock.today().isoformat()}
    path = action_page("banks_qualification", "allow_issuing", held)
    return Place(world.people.reviewer, path, "document", StoredFile, entered, "示例银发7号", spoilt=FUTURE)


def change_of(bank: Bank) -> dict[str, Any]:
    """Return the input of a change of the bank's data."""
    return {
        "name": "示例银行新名",
        "address": "",
        "category": bank.category,
        "license_institution_code": bank.license_institution_code,
        "changed_on": clock.today().isoformat(),
        "reason": TYPED,
    }


def requested_change(world: World) -> Place:
    path, entered = reverse("banks:request_change"), change_of(world.bank) | {"step": "send"}
    return Place(world.clerk, path, "documents", BankChange, entered, spoilt={"reason": "a\u200bb"})


def entered_change(world: World) -> Place:
    path = action_page("banks_bank", "enter_bank_change", world.bank)
    spoilt = {"reason": "a\u200bb"}
    return Place(world.people.intake, path, "documents", BankChange, change_of(world.bank), spoilt=spoilt)


def exit_application(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    entered, spoilt = {"statement": TYPED}, {"statement": ""}
    return Place(world.administrator, reverse("exit:apply"), "document", ExitCase, entered, spoilt=spoilt)


def chosen(world: World) -> Place:
    return Place(world.clerk, reverse("chosen_file"), "file", ChosenFile, {"name": "files"}, typed="")


def outlets(world: World) -> Place:
    good = xlsx(outlet())
    path, bad = reverse("banks:import_upload"), with_macros(good)
    return Place(world.clerk, path, "file", OutletImport, typed="", file="网点.xlsx", good=good, bad=bad)


def commitment(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    path = reverse("admission:commitment", args=[draft.pk])
    entered = {"signatory": "示例行长7号", "signed_on": clock.today().isoformat()}
    spoilt = {"signatory": ""}
    return Place(world.clerk, path, "file", ServiceCommitment, entered, "示例行长7号", spoilt=spoilt)


def service(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    letter = Letter.objects.filter(uscc=world.bank.uscc).latest("pk")
    entered = {"manner": Manner.IN_PERSON, "served_on": clock.today().isoformat(), "note": TYPED}
    path = action_page("letters_letter", "record_service", letter)
    spoilt = {"served_on": "2100-01-01"}
    return Place(world.people.intake, path, "document", Service, entered, spoilt=spoilt)


def takeover_scan(world: World) -> Place:
    content = workbook(banks=[row_of_bank(1)], qualifications=[qualification(1)])
    takeover = takeover_of(world.people, content, scans=False)
    path = action_page("exit_takeover", "attach_takeover_scan", takeover)
    given = {"letter": "qualifications-2"}
    return Place(
        world.people.intake, path, "files", TakeoverScan, given, typed="", spoilt={"letter": "orders-7"}
    )


def scan_of_first_letter(world: World) -> Place:
    return _scan_on_bank_form(world, "qualifications-1-scan")


def scan_of_later_letter(world: World) -> Place:
    return _scan_on_bank_form(world, "orders-1-scan")


def _scan_on_bank_form(world: World, name: str) -> Place:
    path = action_page("exit_takeover", "enter_takeover_of_bank")
    spoilt = {"banks-1-address": ""}
    return Place(
        world.people.intake, path, name, TakeoverScan, ONE_BANK, typed="示例：停止受理。", spoilt=spoilt
    )


PLACES: dict[str, tuple[Callable[[World], Place], ...]] = {
    "admission/applications/forms.py AnswerForm.file": (criterion_page,),
    "admission/applications/forms.py EvidenceForm.file": (single_evidence, replacement_evidence),
    "admission/applications/forms.py CommitmentForm.file": (commitment,),
    "admission/review/forms.py site_visit_form.files": (site_visit,),
    "admission/decisions/forms.py AgreementForm.document": (agreement,),
    "admission/decisions/forms.py IssuingForm.document": (approval_to_issue,),
    "inspections/determinations/forms.py DeterminationForm.document": (determination,),
    "inspections/setting_aside/forms.py SettingAsideForm.document": (setting_aside,),
    "inspections/rectification/forms.py ReportForm.files": (report,),
    "inspections/rectification/forms.py ProgressForm.files": (progress,),
    "inspections/verification/forms.py VerificationForm.files": (verification,),
    "inspections/fees/forms.py FeeNoticeForm.document": (fee_notice,),
    "inspections/fees/forms.py PaymentForm.proof": (stated_payment, recorded_payment),
    "inspections/complaints/forms/complaints.py AnswerForm.files": (complaint_answer,),
    "inspections/visits/checklist_form.py _fields_of.photographs": (checklist,),
    "inspections/visits/forms.py SigningForm.signed_record": (signed_record,),
    "inspections/visits/forms.py AnswerForm.files": (inspection_answer,),
    "inspections/visits/forms.py CorrectionForm.files": (inspection_correction,),
    "inspections/visits/forms.py ProposalForm.document": (inspection_proposal,),
    "exit/cases/forms.py ExitApplicationForm.document": (exit_application,),
    "banks/changes/forms.py ChangeForm.documents": (requested_change, entered_change),
    "banks/outlets/forms.py ImportForm.file": (outlets,),
    "zsbank/site/portal/chosen_files.py ChosenForm.file": (chosen,),
    "zsbank/site/auditor/forms.py ServiceForm.document": (service,),
    "exit/takeover/forms/takeovers.py scans_form.files": (takeover_scan,),
    "exit/takeover/forms/bank.py bank_form.scan": (scan_of_first_letter, scan_of_later_letter),
}
