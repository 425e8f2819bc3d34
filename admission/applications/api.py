"""API: a bank's own applications."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, submit_application
from admission.applications.models import Application
from admission.applications.queries import offered_vendors
from admission.applications.serializers import AnswerSerializer, ApplicationSerializer
from admission.editions.facts import clean_typed_facts
from admission.editions.models import Criterion
from banks.register.api import chosen_bank
from zsbank.base.accounts.models import User
from zsbank.base.refusals import NotAllowed

MOVED_ON = OpenApiResponse(
    description=gettext_lazy("The state of the application does not allow this action, or no longer does.")
)


STALE = OpenApiResponse(
    description=gettext_lazy(
        "A colleague has saved this answer since you read it, or the application has been "
        "submitted; read it again."
    )
)


BARRED = OpenApiResponse(
    description=gettext_lazy(
        "The bank may not apply now: it is barred, already qualified, or has an open application."
    )
)


LACKING = OpenApiResponse(
    description=gettext_lazy("Information is missing; `detail` lists it for each criterion.")
)


@extend_schema_view(
    list=extend_schema(summary=gettext_lazy("The bank's applications, newest first")),
    retrieve=extend_schema(summary=gettext_lazy("One application with its answers")),
)
class ApplicationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]
):
    """A member's own applications: start, answer, submit, through the same actions as the pages."""

    serializer_class = ApplicationSerializer
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Application.objects.none()

    def get_queryset(self) -> QuerySet[Application]:
        """Return the applications of the member's bank; others are answered as if they did not exist."""
        own = Application.objects.filter(bank=chosen_bank(self.request))
        return own.prefetch_related("answers__criterion", "commitments__file", "edition__criteria")

    @extend_schema(
        summary=gettext_lazy("Start an application"),
        request=None,
        responses={201: ApplicationSerializer, 409: BARRED},
    )
    def create(self, request: Request) -> Response:
        """Start an application under the edition in force.

        Raises:
            NotAllowed: the person acts for no bank, or has not chosen one.
        """
        bank = chosen_bank(request)
        if bank is None:
            raise NotAllowed(_("You do not act for any bank."))
        application = start_application(bank=bank, by=_person(request))
        return Response(self.get_serializer(application).data, status=201)

    @extend_schema(
        summary=gettext_lazy("Save the answer to one criterion"),
        request=AnswerSerializer,
        responses={200: AnswerSerializer, 409: STALE},
    )
    @action(detail=True, methods=["put"], url_path=r"answers/(?P<number>[0-9]{1,2})")
    def answers(self, request: Request, pk: str, number: str) -> Response:
        """Replace the whole answer: fields that are not sent become empty."""
        application = self.get_object()
        criterion = get_object_or_404(application.edition.criteria, number=int(number))
        given = AnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = given.validated_data
        facts = _facts(criterion, data["facts"])
        answer = save_answer(
            application=application,
            criterion=criterion,
            by=_person(request),
            text=data.get("text", ""),
            facts=facts,
            signatory=data.get("signatory", ""),
            signed_on=data.get("signed_on"),
            version=data["version"],
        )
        return Response(AnswerSerializer(answer).data)

    @extend_schema(
        summary=gettext_lazy("Submit the application"),
        request=None,
        responses={200: ApplicationSerializer, 409: MOVED_ON, 422: LACKING},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Submit a complete application; missing items are answered with status 422."""
        application = submit_application(application=self.get_object(), by=_person(request))
        return Response(self.get_serializer(application).data)


def _facts(criterion: Criterion, given: dict[str, Any]) -> dict[str, Any]:
    """Clean the facts of one criterion; an unknown name or another type is an error."""
    vendors = [value for value, _label in offered_vendors()]
    facts, errors = clean_typed_facts(criterion.fact_fields, given, vendors)
    for name in given.keys() - {field.name for field in criterion.fact_fields}:
        errors[name] = _("This criterion does not have this fact.")
    if errors:
        raise serializers.ValidationError({"facts": errors})
    return facts


def _person(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed(_("You do not act for any bank."))
    return request.user
