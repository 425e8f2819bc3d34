"""Pages of a person's messages."""

from django.contrib import messages as told
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from banks.register.access import MemberRequest, own_banks
from banks.register.models import Bank
from zsbank.base.notices.actions import choose_mails, mark_all_read, mark_read
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import mailed_kinds, unread_count
from zsbank.site.messages.forms import MailsForm, SeenForm
from zsbank.site.messages.readers import ROOM, for_readers, page, read_by

PER_PAGE = 30


@require_GET
@for_readers
def messages(request: MemberRequest, bank: Bank | None) -> HttpResponse:
    """List the person's messages, newest first."""
    rows = Paginator(read_by(request, bank), PER_PAGE).get_page(request.GET.get("page", "1"))
    unread = unread_count(request.user, bank.codes if bank else None)
    newest = rows[0].pk if rows else 0
    return page(request, bank, "list", _("Messages"), page=rows, unread=unread, newest=newest)


@require_POST
@for_readers
def read_all(request: MemberRequest, bank: Bank | None) -> HttpResponse:
    """Mark the messages as read that were listed; one that came meanwhile stays unread."""
    form = SeenForm(request.POST)
    if form.is_valid():
        count = mark_all_read(messages=read_by(request, bank), newest=form.cleaned_data["newest"])
        words = ngettext("%(n)s message was marked as read.", "%(n)s messages were marked as read.", count)
        told.success(request, words % {"n": count})
    return redirect(ROOM)


@require_GET
@never_cache
@for_readers
def message(request: MemberRequest, bank: Bank | None, pk: int) -> HttpResponseBase:
    """Mark a message as read and lead to its case; a message without a case is shown.

    A link from a mail may concern another bank of the person, who chooses it first.
    """
    row = read_by(request, bank).filter(pk=pk).first()
    if row is None:
        return _of_another_own_bank(request, pk)
    mark_read(message=row)
    return redirect(row.link) if row.link else page(request, bank, "message", row.heading, message=row)


def _of_another_own_bank(request: MemberRequest, pk: int) -> HttpResponse:
    codes = [code for bank in own_banks(request) for code in bank.codes]
    get_object_or_404(Message, recipient=request.user, pk=pk, uscc__in=codes)
    return redirect(f"{reverse('banks:choose')}?{urlencode({'next': request.path})}")


@require_http_methods(["GET", "POST"])
@for_readers
def mails(request: MemberRequest, bank: Bank | None) -> HttpResponse:
    """Let the person choose which messages are also mailed."""
    kinds = mailed_kinds([request.user])[request.user.pk]
    form = MailsForm(request.POST if request.method == "POST" else None, kinds, bank is not None)
    if request.method == "POST" and form.is_valid():
        choose_mails(person=request.user, kinds=form.chosen())
        told.success(request, _("Your choice is saved. It applies to messages from now on."))
        return redirect(ROOM)
    return page(request, bank, "mails", _("Which messages are mailed"), form=form)
