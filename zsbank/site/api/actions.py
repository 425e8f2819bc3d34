"""The actions of declared cases in the API: what can be done now, and one address for each action.

They run the same actions with the same forms as the pages, so that rules and refusals are the same.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from zsbank.base.accounts import reauthentication
from zsbank.base.accounts.models import User
from zsbank.base.actions.overtaken import overtaken
from zsbank.base.actions.refused import record_refusal
from zsbank.base.actions.rows import bank_of
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.files.forms import show_refusal
from zsbank.base.refusals import MOVED_ON, FileRefused, NotAllowed, WrongState
from zsbank.base.texts import PlainForm
from zsbank.site.api.bodies import JSON, MULTIPART, input_of, media_type_of, schema_of
from zsbank.site.api.offered import OfferSerializer, told
from zsbank.site.api.parsing import Json

PARSERS = {JSON: Json, MULTIPART: MultiPartParser}
NOT_NOW = OpenApiResponse(
    description=gettext_lazy("The case does not allow this action now, or a rule is against it.")
)
LACKING = OpenApiResponse(description=gettext_lazy("Information is missing; `detail` says what."))


class TakesActions(viewsets.GenericViewSet[Any]):
    """The actions on the list and on the rows of one kind of case."""

    kind: Case

    @extend_schema(
        summary=gettext_lazy("What the user can do with the row now"), responses=OfferSerializer(many=True)
    )
    @action(detail=True, methods=["get"], url_path="actions", url_name="actions", pagination_class=None)
    def actions(self, request: Request, pk: str) -> Response:
        """Return the actions that are possible now, with their consequences and fields."""
        row, by = self.get_object(), _person(request)
        held = [offer for offer in on_row(self.kind) if _holds(by, offer, row)]
        found = [
            told(self.kind, offer, by, row, address(self.kind, offer, row))
            for offer in held
            if offer.is_offered(by, row)
        ]
        return Response(OfferSerializer(found, many=True).data)

    @extend_schema(
        summary=gettext_lazy("What the user can do on the list now"), responses=OfferSerializer(many=True)
    )
    @action(detail=False, methods=["get"], url_path="actions", url_name="list-actions", pagination_class=None)
    def list_actions(self, request: Request) -> Response:
        """Return the actions that make a row, with their consequences and fields."""
        by = _person(request)
        held = [offer for offer in self.kind.list_offers if _holds(by, offer, None)]
        found = [told(self.kind, offer, by, None, address(self.kind, offer, None)) for offer in held]
        return Response(OfferSerializer(found, many=True).data)

    def take(self, offer: Offer, request: Request, row: Model | None) -> Response:
        """Take an action on a row, or on the list if `row` is None, and return the row as it is now.

        Raises:
            NotAllowed: the person does not hold the verb, or has not signed in recently enough for it.
            WrongState: the case does not allow it now.
            ValidationError: a field or a file is refused.
        """
        by = _person(request)
        _demand(by, offer, row, request)
        form_class = offer.form(row)
        form = form_class(*input_of(form_class, request))
        if not form.is_valid():
            raise _invalid(form)
        try:
            made = offer.carry_out(by, row, form.cleaned_data)
        except FileRefused as refusal:
            show_refusal(form, refusal)
            raise _invalid(form) from refusal
        shown = made if row is None else row
        now = self.kind.model._default_manager.get(pk=shown.pk)  # type: ignore[attr-defined]  # noqa: SLF001 Django's name
        return Response(self.get_serializer(now).data, status=201 if row is None else 200)


def on_row(kind: Case) -> Iterator[Offer]:
    """Yield the actions on a row: of officers, and of the bank's users."""
    yield from kind.offers
    yield from kind.bank_offers


def methods_for(kind: Case, serializer: Any) -> dict[str, Any]:
    """Return the methods of a view set, one for each action of a kind of case."""
    rows = {f"row_{offer.verb.value}": _on_row(offer, serializer) for offer in on_row(kind)}
    lists = {f"list_{offer.verb.value}": _on_list(offer, serializer) for offer in kind.list_offers}
    return rows | lists


def bodies(kind: Case) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address of each action in the schema with its body, where the action asks for anything."""
    if kind.api is None:
        return
    asked = [("{id}/", offer) for offer in on_row(kind)] + [("", offer) for offer in kind.list_offers]
    for row, offer in asked:
        form = offer.form(None)
        if form.base_fields:
            body = {"required": True, "content": {media_type_of(form): {"schema": schema_of(form)}}}
            yield f"/api/v1/{kind.api.path}/{row}actions/{offer.verb.value}/", body


def address(kind: Case, offer: Offer, row: Model | None) -> str:
    """Return the address of an action."""
    path = kind.api.path if kind.api else ""
    if row is None:
        return reverse(f"api:{path}-list-{offer.verb.value}")
    return reverse(f"api:{path}-row-{offer.verb.value}", args=[row.pk])


def _on_row(offer: Offer, serializer: Any) -> Callable[..., Response]:
    def view(self: TakesActions, request: Request, pk: str) -> Response:
        return self.take(offer, request, self.get_object())

    return _documented(view, offer, f"row_{offer.verb.value}", {200: serializer}, detail=True)


def _on_list(offer: Offer, serializer: Any) -> Callable[..., Response]:
    def view(self: TakesActions, request: Request) -> Response:
        return self.take(offer, request, None)

    return _documented(view, offer, f"list_{offer.verb.value}", {201: serializer}, detail=False)


def _documented(
    view: Callable[..., Response], offer: Offer, name: str, answer: dict[int, Any], *, detail: bool
) -> Callable[..., Response]:
    """Return the view with its address, parser and description."""
    view.__name__ = name
    at_address = action(
        detail=detail,
        methods=["post"],
        url_path=f"actions/{offer.verb.value}",
        url_name=name.replace("_", "-", 1),
        parser_classes=[PARSERS[media_type_of(offer.form(None))]],
    )(view)
    described: Callable[..., Response] = extend_schema(
        summary=offer.label,
        description=format_lazy("\n\n".join(["{}"] * len(offer.causes)), *offer.causes),
        request=None,
        responses={**answer, 409: NOT_NOW, 422: LACKING},
    )(at_address)
    return described


def _person(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed(_("Your role does not allow this action."))
    return request.user


def _holds(by: User, offer: Offer, row: Model | None) -> bool:
    bank = bank_of(row) if row is not None else None
    return offer.action.by_anybody or offer.action.is_held(by, bank)


def _demand(by: User, offer: Offer, row: Model | None, request: Request) -> None:
    """Check what a page checks before it shows the form of an action.

    Raises:
        NotAllowed: the person does not hold the verb, or has not signed in recently enough for it.
        WrongState: the case does not allow it now.
    """
    if not _holds(by, offer, row):
        record_refusal(verb=offer.verb, by=by, subject=row, code="role")
        raise NotAllowed(_("Your role does not allow this action."), "role")
    if reauthentication.is_missing(request._request, offer.verb):  # noqa: SLF001 the framework's name for Django's
        words = _("Confirm who you are at %(address)s, then send the request again.")
        raise NotAllowed(words % {"address": reverse("account_reauthenticate")}, "reauthenticate")
    if row is not None and not offer.is_offered(by, row):
        raise WrongState(offer.reason_against(by, row) or overtaken(by, row) or MOVED_ON)


def _invalid(form: PlainForm) -> ValidationError:
    """Return the errors of a form by field."""
    return ValidationError(
        {
            "non_field_errors" if name == "__all__" else name: [str(error) for error in errors]
            for name, errors in form.errors.items()
        }
    )
