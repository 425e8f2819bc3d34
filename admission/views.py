"""Pages of a bank's application, from the first draft to the decision."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from admission import actions, queries, rules, supplements
from admission.checks import checks_for
from admission.copying import earlier_application
from admission.days import clock_of
from admission.evidence import remove_evidence
from admission.evidence_views import hand_over
from admission.facts import NEEDS_EVIDENCE
from admission.forms import AnswerForm, StartForm, SubmitForm, SupplementForm, WithdrawForm
from admission.models import Answer, Application, Criterion, Evidence, PolicyEdition
from admission.states import BANK_LABELS, OPEN, ApplicationState
from banks.models import Bank, CardVendor
from banks.scope import MemberRequest, for_members, own_or_404, refusal_shown_in
from zsbank.base.accounts.user_lock import Busy, one_at_a_time
from zsbank.base.calendar import clock
from zsbank.base.journal.queries import history_of
from zsbank.base.letters.render import faces, pdf_from
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Stale

ROOM = "admission:list"
TOLD_BANK = (
    Verb.START_APPLICATION,
    Verb.SUBMIT_APPLICATION,
    Verb.ACCEPT_APPLICATION,
    Verb.REQUEST_SUPPLEMENT,
    Verb.HAND_IN_SUPPLEMENT,
    "end_supplement",
    Verb.DECIDE,
    Verb.RECORD_AGREEMENT,
    Verb.WITHDRAW_APPLICATION,
)


def _own(bank: Bank, pk: int) -> Application:
    return own_or_404(Application.objects.select_related("bank", "edition"), bank, pk)


@require_GET
@for_members
def applications(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The bank's applications, newest first."""
    context = {
        "bank": bank,
        "applications": queries.applications_of(bank.pk),
        "may_start": rules.may_start(bank, on=clock.today()),
        "room": ROOM,
    }
    return render(request, "admission/list.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def start(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Whether the bank may apply and, when it may, the beginning of it."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            application = actions.start_application(bank=bank, by=request.user)
            return redirect("admission:task_list", application.pk)
    context = {
        "bank": bank,
        "form": form,
        "verdict": rules.may_start(bank, on=clock.today()),
        "edition": PolicyEdition.objects.valid_on(clock.today()),
        "letter": queries.letter_that_says_why(bank),
        "room": ROOM,
    }
    return render(request, "admission/start.html", context)


@require_GET
@for_members
def task_list(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """A draft's task list; afterwards where the case stands and what happened."""
    application = _own(bank, pk)
    tasks = queries.task_list(application)
    draft = application.state == ApplicationState.DRAFT
    context = {
        "bank": bank,
        "application": application,
        "label": BANK_LABELS[ApplicationState(application.state)],
        "tasks": tasks,
        "earlier": earlier_application(application) if draft else None,
        "next_task": next(iter((*tasks.incomplete, *tasks.attention)), None),
        "agreements": [(kind.label, signed) for kind, signed in queries.agreements_of(application)],
        "open": application.state in OPEN,
        "request_open": rules.open_request(application),
        "stops": application.supplement_requests.exclude(days_stood_still=None),
        "history": () if draft else history_of(application).filter(verb__in=TOLD_BANK),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/task_list.html" if draft else "admission/case.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def criterion(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """One criterion: what is asked, the answer, the evidence, what the checks found."""
    application = _own(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    form = AnswerForm(asked, answer, _vendors(), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _save(request, application, asked, form):
        again = form.cleaned_data.get("remove") or form.cleaned_data.get("file")
        last = number == application.edition.criteria.count() or "stay" in request.POST
        if again or last:
            return redirect("admission:criterion", pk, number)
        return redirect("admission:criterion", pk, number + 1)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    context = {
        "bank": bank,
        "application": application,
        "criterion": asked,
        "answer": answer,
        "form": form,
        "checks": checks_for(application).get(number, ()),
        "lacking": rules.lacks(asked, answer),
        "needs_evidence": number in NEEDS_EVIDENCE,
        "editable": rules.may_edit(application, asked).allowed,
        "asked_for": _asked_for(application, asked),
        "limit": settings.UPLOAD_MAX_BYTES,
        "count": application.edition.criteria.count(),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/criterion.html", context)


@require_POST
@for_members
def autosave(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """Save what is typed while it is typed, without files; say when, or why not. What was typed stays in the page."""
    application = _own(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.filter(criterion=asked).first()
    form = AnswerForm(asked, answer, _vendors(), request.POST)
    if form.is_valid():
        with refusal_shown_in(form):
            _save_answer(request, application, asked, form)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    context = {
        "errors": [error for errors in form.errors.values() for error in errors],
        "answer": answer,
        "criterion": asked,
        "lacking": rules.lacks(asked, answer),
        "checks": checks_for(application).get(number, ()),
    }
    return render(request, "admission/saved.html", context)


def _asked_for(application: Application, asked: Criterion) -> str:
    """What the bureau asks the bank to supplement in this criterion; empty when nothing."""
    request = rules.open_request(application)
    item = request.items.filter(criterion=asked).first() if request else None
    return item.remark if item else ""


def _vendors() -> list[tuple[str, str]]:
    return [(str(vendor.pk), vendor.name) for vendor in CardVendor.objects.all()]


def _save(request: MemberRequest, application: Application, asked: Criterion, form: AnswerForm) -> bool:
    """Attach, save and remove what the form asks for; False when one was refused: the files before it are attached."""
    given = form.cleaned_data
    with refusal_shown_in(form):
        for file in given.get("file") or ():
            hand_over(request.user, application, asked, given | {"file": file})
        _save_answer(request, application, asked, form)
        if given.get("remove"):
            rows = Evidence.objects.filter(answer__application=application, answer__criterion=asked)
            remove_evidence(evidence=get_object_or_404(rows, pk=given["remove"]), by=request.user)
        messages.success(request, _("Criterion %(n)s is saved.") % {"n": asked.number})
    return not form.errors


def _save_answer(
    request: MemberRequest, application: Application, asked: Criterion, form: AnswerForm
) -> None:
    given = form.cleaned_data
    try:
        actions.save_answer(
            application=application,
            criterion=asked,
            by=request.user,
            text=given["text"],
            facts=given["facts"],
            signatory=given.get("signatory", ""),
            signed_on=given.get("signed_on"),
            version=given["version"],
        )
    except Stale:
        form.show_version(Answer.objects.get(application=application, criterion=asked).version)
        raise


@require_http_methods(["GET", "POST"])
@for_members
def submit(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """All that is missing, each a link; nothing missing: the declaration, and handing in."""
    application = _own(bank, pk)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            actions.submit_application(application=application, by=request.user)
            messages.success(
                request,
                _("%(number)s is handed in. The bureau accepts it next.")
                % {"number": application.case_number},
            )
            return redirect("admission:task_list", pk)
    context = {
        "bank": bank,
        "application": application,
        "form": form,
        "tasks": queries.task_list(application),
        "verdict": rules.may_submit(application, on=clock.today()),
        "draft": application.state == ApplicationState.DRAFT,
        "room": ROOM,
    }
    return render(request, "admission/submit.html", context)


def _handed_in(bank: Bank, pk: int) -> dict[str, Any]:
    """What a receipt says: number, moment, person, and each file with its hash."""
    application = _own(bank, pk)
    if application.submitted_at is None:
        raise Http404
    return {"bank": bank, "application": application, "evidence": queries.handed_in_with(application)}


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """The receipt of an application that was handed in."""
    return render(request, "admission/receipt.html", _handed_in(bank, pk) | {"room": ROOM})


@require_GET
@for_members
def receipt_pdf(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """The receipt as a file to keep; made from rows that no longer change, so it says the same each time.

    Setting it takes a second or two of a processor, so each person has one made at a time.
    """
    context = _handed_in(bank, pk)
    number = context["application"].case_number
    page = render_to_string(
        "letters/receipt.html", context | {"faces": faces(), "organ": settings.BUREAU_NAME}
    )
    try:
        with one_at_a_time(request.user, "receipt"):
            content = pdf_from(page, identifier=number)
    except Busy as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=429)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{number} 回执.pdf") or ""
    actions.note(context["application"], Verb.DOWNLOAD_RECEIPT, request.user)
    return answer


@require_http_methods(["GET", "POST"])
@for_members
def supplement(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """All that is asked for, each a link with what it still lacks; then handing it in."""
    application = _own(bank, pk)
    form = SupplementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            supplements.hand_in_supplement(application=application, by=request.user)
            messages.success(
                request,
                _("The supplement to %(number)s is handed in. The bureau goes on with it.")
                % {"number": application.case_number},
            )
            return redirect("admission:task_list", pk)
    context = {
        "bank": bank,
        "application": application,
        "form": form,
        "request_open": rules.open_request(application),
        "verdict": rules.may_hand_in(application),
        "room": ROOM,
    }
    return render(request, "admission/supplement.html", context)


@require_GET
@for_members
def clock_days(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """The clock of the case day by day, once it runs."""
    application = _own(bank, pk)
    if application.submitted_at is None:
        raise Http404
    return render(request, "admission/clock.html", clock_of(application) | {"bank": bank, "room": ROOM})


@require_http_methods(["GET", "POST"])
@for_members
def withdraw(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then take the application back."""
    application = _own(bank, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            actions.withdraw_application(
                application=application, by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("%(number)s is withdrawn.") % {"number": application.case_number})
            return redirect("admission:list")
    context = {"bank": bank, "application": application, "form": form, "room": ROOM}
    return render(request, "admission/withdraw.html", context)
