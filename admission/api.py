"""The criteria, and a member's own applications with answers and submission, in the API."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from admission import actions
from admission.facts import clean_facts
from admission.models import Answer, Application, Criterion, PolicyEdition
from banks.models import Bank
from banks.scope import bank_of, own_banks
from zsbank.accounts.models import User
from zsbank.calendar import clock
from zsbank.refusals import NotAllowed
from zsbank.texts import BadText, visible


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """A criterion: the bureau's text, and what it means in plain words."""

    class Meta:
        model = Criterion
        fields = [
            "number",
            "group",
            "official_text",
            "title_zh",
            "title_en",
            "guidance_zh",
            "guidance_en",
            "kinds",
            "required_before",
        ]
        read_only_fields = fields


class ByNumber(CursorPagination):
    """Criteria come in the order of their numbers."""

    ordering = "number"
    page_size = 50


class CriterionViewSet(viewsets.ReadOnlyModelViewSet[Criterion]):
    """The criteria of the policy edition in force."""

    serializer_class = CriterionSerializer
    pagination_class = ByNumber
    lookup_field = "number"
    lookup_value_regex = "[0-9]{1,2}"
    queryset = Criterion.objects.none()

    def get_queryset(self) -> QuerySet[Criterion]:
        """Those of the edition valid today."""
        edition = PolicyEdition.objects.valid_on(clock.today())
        return Criterion.objects.filter(edition=edition) if edition else Criterion.objects.none()


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """What the bank says to one criterion. `version` is the one that was read; 0 for a first answer."""

    criterion = serializers.IntegerField(source="criterion.number", read_only=True)
    facts = serializers.DictField(child=serializers.JSONField(), required=False, default=dict)

    class Meta:
        model = Answer
        fields = ["criterion", "text", "facts", "signatory", "signed_on", "version", "saved_at"]
        read_only_fields = ["criterion", "saved_at"]
        extra_kwargs = {"version": {"default": 0}, "text": {"max_length": 5000}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What cannot be seen is refused here as in the pages."""
        for name in ("text", "signatory"):
            try:
                visible(attrs.get(name, ""))
            except BadText as error:
                raise serializers.ValidationError({name: str(error)}) from error
        return attrs


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application with its answers."""

    answers = AnswerSerializer(many=True, read_only=True)

    class Meta:
        model = Application
        fields = [
            "id",
            "case_number",
            "state",
            "started_at",
            "submitted_at",
            "accept_by",
            "accepted_on",
            "decide_by",
            "closed_on",
            "answers",
        ]
        read_only_fields = fields


class ApplicationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]
):
    """A member's own applications: start, answer, submit, through the same verbs as the pages."""

    serializer_class = ApplicationSerializer
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Application.objects.none()

    def get_queryset(self) -> QuerySet[Application]:
        """Their own bank's; another bank's answer as if they did not exist."""
        own = Application.objects.filter(bank=_bank(self.request))
        return own.prefetch_related("answers__criterion")

    @extend_schema(request=None, responses={201: ApplicationSerializer})
    def create(self, request: Request) -> Response:
        """Start an application under the edition in force."""
        bank = _bank(request)
        if bank is None:
            raise NotAllowed(_("You act for no bank."))
        application = actions.start_application(bank=bank, by=_person(request))
        return Response(self.get_serializer(application).data, status=201)

    @extend_schema(request=AnswerSerializer, responses=AnswerSerializer)
    @action(detail=True, methods=["put"], url_path=r"answers/(?P<number>[0-9]{1,2})")
    def answers(self, request: Request, pk: str, number: str) -> Response:
        """Save the answer to one criterion."""
        application = self.get_object()
        criterion = get_object_or_404(application.edition.criteria, number=int(number))
        given = AnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = given.validated_data
        facts, errors = clean_facts(
            criterion.number, {name: str(value) for name, value in data["facts"].items()}
        )
        if errors:
            raise serializers.ValidationError({"facts": errors})
        answer = actions.save_answer(
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

    @extend_schema(request=None, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand the application in."""
        application = actions.submit_application(application=self.get_object(), by=_person(request))
        return Response(self.get_serializer(application).data)


def _bank(request: Request) -> Bank | None:
    """The bank the person acts for; who acts for several says first for which, at `banks/{id}/choose/`."""
    bank = bank_of(request)
    if bank is None and own_banks(request):
        raise NotAllowed(_("You act for several banks. Choose the one to act for first."), "choose_bank")
    return bank


def _person(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed(_("You act for no bank."))
    return request.user
