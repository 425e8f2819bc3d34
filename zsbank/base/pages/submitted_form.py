"""Forms of the portal: what was asked is done, or refused where it was asked."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect

from zsbank.base.cases.turns import Text
from zsbank.base.files.forms import renamings, show_refusal
from zsbank.base.refusals import Refused

Result = TypeVar("Result")


def carry_out(
    request: HttpRequest,
    form: BaseForm,
    run: Callable[[dict[str, Any]], Result],
    *,
    to: Callable[[Result], str],
    done: Callable[[Result], Text] | None = None,
    let_through: type[Refused] | None = None,
) -> HttpResponseRedirect | None:
    """Carry out what a valid form asks, say so, and lead on; None where the page has to be shown (again).

    A refusal is shown in the form, with all that was typed kept.

    Args:
        run: calls the action, with the form's cleaned data.
        to: the address to go to, of what `run` returned.
        done: the message, of what `run` returned.
        let_through: a refusal that has a page of its own.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = run(form.cleaned_data)
    except Refused as refusal:
        if let_through is not None and isinstance(refusal, let_through):
            raise
        show_refusal(form, refusal)
        return None
    if done is not None:
        messages.success(request, str(done(result)))
    for words in renamings(form):
        messages.info(request, words)
    return HttpResponseRedirect(to(result))
