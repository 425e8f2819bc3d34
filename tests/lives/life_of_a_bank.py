"""The life of a bank in which nothing happens twice on one day, each time at half past one at night.

Every date that a page shows can then be told from every other, and from the day in UTC.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.utils import timezone

from admission.applications.actions.applications import start_application, submit_application
from admission.applications.actions.supplements import submit_supplement
from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions.agreements import record_agreement
from admission.decisions.actions.decisions import decide, recommend
from admission.decisions.terms import AgreementKind
from admission.review.actions.acceptance import accept_application
from admission.review.actions.casework import write_note
from admission.review.actions.findings import record_site_visit
from admission.review.actions.opinions import ask_opinion, give_opinion
from admission.review.actions.supplements import record_remark, request_supplement
from admission.review.actions.time_limits import extend_time_limit
from admission.review.states import OpinionResult
from admission.tests.factories import fill_in, find_all, pdf_file
from banks.changes.actions.changes import accept_change, request_change
from banks.changes.tests.factories import given
from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from banks.hearings.rules import notices_on
from banks.members.actions.invitations import invite_member
from conftest import make_officer
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.models import ExitCase
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.actions.reports import report_rectification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import proposed
from inspections.verification.actions.deciding import accept_rectification
from inspections.verification.actions.verifying import confirm_verification
from inspections.verification.tests.factories import rejected, seen, visited
from tests.actions.scene import Scene
from zsbank.base.calendar import clock
from zsbank.base.roles import Role


def night(month: int, day: int) -> dt.datetime:
    """Return half past one at night of a day of 2026."""
    return timezone.make_aware(dt.datetime(2026, month, day, 1, 30))  # noqa: DTZ001 made aware here


def life(scene: Scene) -> Iterator[tuple[dt.datetime, str, Model]]:
    """Yield each step of the life with its moment and the row it is about; the step is done when it is yielded."""
    for part in (_admission, _rectification, _change, _exit):
        for (month, day), name, step in part(scene):
            with clock.playing(night(month, day)):
                row = step()
            row.refresh_from_db()
            yield night(month, day), name, row


Steps = Iterator[tuple[tuple[int, int], str, Callable[[], Any]]]


def _admission(scene: Scene) -> Steps:
    people, clerk = scene.people, scene.clerk
    liaison = make_officer("liaison", Role.HEALTHCARE_LIAISON)

    def one() -> Application:
        return Application.objects.get(bank=scene.bank)

    def criterion(number: int) -> Any:
        return one().edition.criteria.get(number=number)

    def asked() -> Application:
        record_remark(application=one(), criterion=criterion(1), by=people.intake, text="缺章程。")
        return request_supplement(application=one(), by=people.intake).application

    def filled() -> Application:
        application = start_application(bank=scene.bank, by=clerk)
        fill_in(application, clerk)
        return application

    def question() -> Application:
        return ask_opinion(application=one(), by=people.reviewer, criteria=[criterion(6)])[0].application

    def recommended() -> Application:
        find_all(one(), people.reviewer)
        given: dict[str, Any] = {"outcome": Outcome.APPROVE, "reason": "材料齐全。"}
        return recommend(application=one(), by=people.reviewer, **given).application

    yield (1, 5), "started", filled
    yield (1, 8), "submitted", lambda: submit_application(application=one(), by=clerk)
    yield (1, 12), "supplement asked", asked
    yield (1, 15), "supplement submitted", lambda: submit_supplement(application=one(), by=clerk)
    yield (1, 19), "accepted", lambda: accept_application(application=one(), by=people.intake)
    yield (
        (1, 23),
        "visited on 22 January",
        lambda: (
            record_site_visit(
                application=one(),
                by=people.reviewer,
                visited_on=dt.date(2026, 1, 22),
                place="示例支行",
                report="窗口两个。",
                led_by=people.reviewer,
                accompanied_by=people.inspector,
            ).application
        ),
    )
    yield (1, 26), "opinion asked", question
    yield (
        (1, 28),
        "opinion given on 27 January",
        lambda: (
            give_opinion(
                opinion=one().opinions.get(),
                by=liaison,
                result=OpinionResult.AGREES,
                given_on=dt.date(2026, 1, 27),
                text="同意。",
            ).application
        ),
    )
    yield (
        (1, 29),
        "extended",
        lambda: extend_time_limit(application=one(), by=people.decider, reason="须现场核查。").application,
    )
    yield (1, 30), "noted", lambda: write_note(application=one(), by=people.intake, text="备注。").application
    yield (2, 3), "recommended", recommended
    yield (2, 6), "decided", lambda: decide(application=one(), by=people.decider).application
    yield (
        (2, 11),
        "agreement of 9 and 10 February recorded",
        lambda: (
            record_agreement(
                application=one(),
                kind=AgreementKind.COOPERATION,
                by=people.reviewer,
                number="合作1号",
                bank_signed_on=dt.date(2026, 2, 9),
                bureau_signed_on=dt.date(2026, 2, 10),
                document=pdf_file(),
                document_name="合作协议.pdf",
            ).decision.application
        ),
    )


def _rectification(scene: Scene) -> Steps:
    people, clerk = scene.people, scene.clerk

    def order() -> RectificationOrder:
        return RectificationOrder.objects.get(bank=scene.bank)

    def report() -> RectificationOrder:
        given: dict[str, Any] = {"text": "已整改。", "files": [(pdf_file(), "照片.pdf")]}
        return report_rectification(order=order(), by=clerk, **given).order

    def determination() -> Any:
        return scene.bank.determinations.get()

    def notice() -> PriorNotice:
        return notices_on(determination()).get()

    yield (3, 2), "proposed", lambda: proposed(scene.bank, by=people.inspector)
    yield (
        (3, 4),
        "stated before the determination",
        lambda: state_case(notice=notice(), text="示例陈述。", by=clerk),
    )
    yield (
        (3, 6),
        "answered before the determination",
        lambda: answer_statement(notice=notice(), text="示例答复。", by=people.reviewer),
    )
    yield (
        (3, 9),
        "determined",
        lambda: make_determination(determination=determination(), by=people.decider),
    )
    yield (3, 18), "reported", report
    yield (
        (3, 25),
        "rejected",
        lambda: rejected(order(), people),
    )
    yield (4, 8), "reported again", report
    yield (4, 13), "visited", lambda: visited(order(), people).report.order
    yield (
        (4, 14),
        "visit confirmed",
        lambda: confirm_verification(order=order(), by=people.assessor, seen=seen(order())).report.order,
    )
    yield (
        (4, 15),
        "rectification accepted",
        lambda: accept_rectification(order=order(), by=people.decider, seen=seen(order())),
    )


def _change(scene: Scene) -> Steps:
    people, bank = scene.people, scene.bank

    def asked() -> Any:
        values = {"address": "示例路2号"}
        return request_change(bank=bank, by=scene.clerk, values=values, **given(dt.date(2026, 4, 17)))

    def invited() -> Any:
        given: dict[str, Any] = {"name": "新人", "email": "new@bank.example", "role": Role.BANK_CLERK}
        return invite_member(bank=bank, by=scene.administrator, **given).bank

    yield (4, 20), "change of 17 April requested", asked
    yield (4, 23), "change accepted", lambda: accept_change(change=bank.changes.get(), by=people.decider)
    yield (4, 27), "invited", invited


def _exit(scene: Scene) -> Steps:
    people, bank = scene.people, scene.bank
    breach: dict[str, Any] = {
        "kind": DeterminationKind.SERIOUS_BREACH,
        "facts": "系统停摆三日。",
        "criteria": (),
    }

    def determination() -> Any:
        return bank.determinations.latest("pk")

    def case() -> ExitCase:
        return ExitCase.objects.get(bank=bank)

    def notice() -> PriorNotice:
        return notices_on(case()).get()

    yield (5, 6), "breach proposed", lambda: proposed(bank, by=people.inspector, **breach)
    yield (
        (5, 14),
        "breach determined",
        lambda: make_determination(determination=determination(), by=people.decider),
    )
    yield (
        (5, 15),
        "exit case opened",
        lambda: open_exit_case(determination=determination(), by=people.inspector),
    )
    yield (5, 16), "exit proposed", lambda: propose_exit(case=case(), by=people.inspector)
    yield (5, 18), "stated", lambda: state_case(notice=notice(), text="示例陈述。", by=scene.clerk)
    yield (
        (5, 20),
        "answered",
        lambda: answer_statement(notice=notice(), text="示例答复。", by=people.reviewer),
    )
    yield (5, 26), "signed", lambda: sign_exit(case=case(), by=people.second_decider)
