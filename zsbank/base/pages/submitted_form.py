"""Forms of the portal: run an action, or show its refusal in the form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect

from zsbank.base.cases.turns import Text
from zsbank.base.files.forms import renamings, show_refusal
from zsbank.base.files.posted import keep_chosen
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
    """Run the action of a valid form, show a message and redirect; return None if the page has to be shown.

    A refusal is shown in the form, keeping input and files.

    Args:
        run: runs the action with the form's cleaned data.
        to: returns the URL of the redirect, from the result of `run`.
        done: returns the message, from the result of `run`.
        let_through: a class of refusal that is raised instead, because it has its own page.

    Raises:
        Refused: of the class `let_through`.
    """
    if request.method != "POST":
        return None
    if not form.is_valid():
        keep_chosen(form, request.user)
        return None
    try:
        result = run(form.cleaned_data)
    except Refused as refusal:
        if let_through is not None and isinstance(refusal, let_through):
            raise
        show_refusal(form, refusal)
        keep_chosen(form, request.user)
        return None
    if done is not None:
        messages.success(request, str(done(result)))
    for words in renamings(form):
        messages.info(request, words)
    return HttpResponseRedirect(to(result))
