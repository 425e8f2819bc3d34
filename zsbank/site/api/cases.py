"""Kinds of case in the API, generated from their declarations: lists, rows, and the actions on them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from banks.register.access import own_banks
from banks.register.api import chosen_bank
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.site.api.actions import TakesActions, methods_for


class ReadsCases(BasePermission):
    """Allows officers who see the kind of case at the desk, and members of banks."""

    def has_permission(self, request: Request, view: Any) -> bool:
        kind: Case = view.kind
        if staff_may(request.user, kind.seen_with):
            return True
        return bool(own_banks(request))


class CaseViewSet(TakesActions, viewsets.ReadOnlyModelViewSet[Any]):
    """The rows of one kind of case."""

    permission_classes = [ReadsCases]
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows this person reads; others are answered as if they did not exist."""
        if staff_may(self.request.user, self.kind.seen_with):
            return QuerySet(self.kind.model)
        bank = chosen_bank(self.request)
        return QuerySet(self.kind.model).none() if bank is None else self.kind.shown_to(bank)


def view_sets() -> dict[str, type[CaseViewSet]]:
    """Return the view set of each kind of case that the API gives, by the first part of its addresses."""
    return {kind.api.path: _view_set(kind, kind.api) for kind in cases() if kind.api is not None}


def _view_set(kind: Case, api: Api) -> type[CaseViewSet]:
    names, serializer = kind.model._meta, _serializer(kind, api)
    made = type(
        f"{kind.model.__name__}ViewSet",
        (CaseViewSet,),
        {
            "__doc__": CaseViewSet.__doc__,
            "kind": kind,
            "serializer_class": serializer,
            "queryset": kind.model._default_manager.none(),  # noqa: SLF001 Django's name
            **methods_for(kind, serializer),
        },
    )
    documented: type[CaseViewSet] = extend_schema_view(
        list=extend_schema(summary=format_lazy(_("{rows}, newest first"), rows=names.verbose_name_plural)),
        list_actions=extend_schema(operation_id=f"{api.path.replace('-', '_')}_list_actions"),
        retrieve=extend_schema(summary=format_lazy(_("One row: {row}"), row=names.verbose_name)),
    )(made)
    return documented


def _serializer(kind: Case, api: Api) -> type[serializers.ModelSerializer[Any]]:
    fields = ["id", *api.names]
    about = {"model": kind.model, "fields": fields, "read_only_fields": fields}
    return type(
        f"{kind.model.__name__}Serializer",
        (serializers.ModelSerializer,),
        {"__doc__": kind.model.__doc__, "Meta": type("Meta", (), about)},
    )
