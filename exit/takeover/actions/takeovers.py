"""Actions on takeovers: enter, attach scans, withdraw, confirm."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.files import File
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from banks.register.actions import next_case_number
from banks.register.models import Bank
from exit.takeover.actions.carrying_out import carry_out
from exit.takeover.checks.faults import Faulty
from exit.takeover.checks.plan import Plan, plan_of
from exit.takeover.data import Rows
from exit.takeover.models import Takeover, TakeoverScan
from exit.takeover.queries import LetterOfRow, letters_of
from exit.takeover.rules import may_confirm
from exit.takeover.states import TakeoverState
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.files.actions import store_upload
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, FileRefused, Incomplete, Refused, filled

Scan = tuple[str, File, str]  # type: ignore[type-arg]
"""The key of a letter (`LetterOfRow.key`), with content and file name of its scan."""
NAMED = 10
"""So many letters without a scan are named."""


@action(Verb.ENTER_TAKEOVER, makes=True)
def enter_takeover(*, rows: Rows, by: User, source: str, sha256: str) -> Takeover:
    """Enter the rows of a workbook; nothing changes until another person confirms them.

    Args:
        source, sha256: name and hash of the workbook.

    Raises:
        NotAllowed: the role.
        Faulty: rows contradict each other or the register.
    """
    takeover = _enter(rows, by, source, sha256)
    record(subject=takeover, data={"file": source, "sha256": sha256, "banks": len(rows.banks)})
    return takeover


@action(Verb.ENTER_TAKEOVER_OF_BANK, makes=True)
def enter_takeover_of_bank(*, rows: Rows, by: User, scans: Sequence[Scan]) -> Takeover:
    """Enter one bank from the form at the desk, with the scans of its letters.

    Raises:
        NotAllowed: the role.
        Faulty: rows contradict each other or the register.
        FileRefused: the content of a scan is not accepted.
    """
    takeover = _enter(rows, by)
    attached = _attach(takeover, scans, by)
    record(subject=takeover, data={"banks": len(rows.banks), "files": len(attached)})
    return takeover


def _enter(rows: Rows, by: User, source: str = "", sha256: str = "") -> Takeover:
    """Judge the rows and store them, and ask the people who may confirm them."""
    plan = plan_of(rows)
    if plan.faults:
        raise Faulty(plan.faults)
    takeover: Takeover = Takeover.objects.create(
        case_number=next_case_number("JX"),
        source=source[-200:],
        sha256=sha256,
        rows=rows.to_json(),
        entered_at=clock.now(),
        entered_by=by,
    )
    notices.post(
        to=[person for person in people_with(Verb.CONFIRM_TAKEOVER) if person != by],
        key=f"takeover:{takeover.pk}:entered",
        title=gettext_lazy("A takeover is to be confirmed"),
        body=gettext_lazy("Compare it with the papers, and see what is due already."),
        link=case_page(takeover),
        about=takeover.case_number,
        kind=MessageKind.TASK,
    )
    return takeover


@action(Verb.ATTACH_TAKEOVER_SCAN, on="takeover", states=frozenset({TakeoverState.ENTERED}))
def attach_scans(
    *,
    takeover: Takeover,
    by: User,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
    letter: str = "",
) -> Takeover:
    """Attach scans of letters; a later scan of a letter takes the place of an earlier one.

    Args:
        files: pairs of content and file name as given by the person.
        letter: the key of the letter that one file is of; without it each file is named after the number of its
            letter.

    Raises:
        NotAllowed: the role.
        WrongState: it is confirmed or withdrawn already.
        Incomplete: there is no file, or several for one letter.
        FileRefused: a file matches no letter or several, or its content is not accepted.
    """
    if not files:
        raise Incomplete(_("Select at least one scan."))
    letters = letters_of(takeover)
    if letter and len(files) > 1:
        raise Incomplete(_("Select one file for the letter, or let the file names say the numbers."))
    scans = [(letter, *files[0])] if letter else list(_matched(letters, files))
    attached = _attach(takeover, scans, by)
    record(data={"files": len(attached), "names": [str(scan) for scan in attached]})
    return takeover


def _matched(
    letters: Sequence[LetterOfRow],
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> Iterator[Scan]:
    """Yield the key of the letter whose number each file name has.

    Raises:
        FileRefused: there is none, or more than one.
    """
    taken: set[str] = set()
    for content, name in files:
        found = [one for one in letters if one.is_named(name)]
        if len(found) != 1 or found[0].key in taken:
            words = (
                _("%(name)s: no letter has this number. Name the file after it, or choose the letter.")
                if not found
                else _(
                    "%(name)s: several letters or files have this number. Attach it alone and choose the letter."
                )
            )
            raise FileRefused(words % {"name": name}, "unmatched")
        taken.add(found[0].key)
        yield found[0].key, content, name


def _attach(takeover: Takeover, scans: Sequence[Scan], by: User) -> list[TakeoverScan]:
    """Store scans; the key of a letter that does not exist is a fault of the form."""
    letters = {one.key: one for one in letters_of(takeover)}
    made = []
    for key, content, name in scans:
        if key not in letters:
            raise Refused(_("This letter is not of this takeover."))
        row = letters[key].row
        made.append(
            TakeoverScan.objects.create(
                takeover=takeover,
                part=row.part,
                number_in_sheet=row.number,
                file=store_upload(content=content, name=name, by=by),
                at=clock.now(),
            )
        )
    return made


@action(Verb.WITHDRAW_TAKEOVER, on="takeover", moves=Takeover.withdraw)
def withdraw_takeover(*, takeover: Takeover, by: User, reason: str) -> Takeover:
    """Withdraw a takeover that was entered wrongly; the right one can be entered.

    Raises:
        NotAllowed: the role.
        WrongState: it is confirmed or withdrawn already.
        Incomplete: the reason is empty.
    """
    takeover.withdraw()
    takeover.closed_reason = filled(reason, _("Enter the reason for withdrawing."))
    _close(takeover, by)
    record(reason=takeover.closed_reason)
    return takeover


@action(Verb.CONFIRM_TAKEOVER, on="takeover", moves=Takeover.confirm, rule=may_confirm)
def confirm_takeover(*, takeover: Takeover, by: User, seen: str = "", findings: str = "") -> Takeover:
    """Confirm a takeover: all its rows come into the register at once, marked and with their real dates.

    It is judged again as of today. What is due already is left to the people named in the plan.

    Args:
        seen: the fingerprint of the plan that the person read; empty without one.
        findings: what the person found in the papers about what does not fit the mechanism; the paper is the fact.

    Raises:
        NotAllowed: the role, or the person entered it or attached a scan (four eyes).
        WrongState: it is confirmed or withdrawn already.
        EditConflict: what would happen has changed since the person read it.
        Incomplete: the scan of a letter is missing, or nothing is said of what does not fit the mechanism.
        Faulty: a row contradicts the register as it is now.
    """
    rows = takeover.typed
    _lock_banks(rows)
    plan = plan_of(rows)
    if plan.faults:
        raise Faulty(plan.faults)
    _demand_the_same(plan, seen)
    letters = letters_of(takeover)
    if lacking := [str(one) for one in letters if one.lacks_scan]:
        words = _("Scans are missing: %(letters)s. Attach them first.")
        named = "；".join(lacking[:NAMED]) + ("……" if len(lacking) > NAMED else "")
        raise Incomplete(words % {"letters": named}, "scans")
    if plan.findings:
        findings = filled(findings, _("Say what the papers show on what does not fit the mechanism."))
    takeover.confirm()
    _close(takeover, by)
    record(
        reason=findings,
        data={
            "banks": [f"{one.name}：{one.standing_in_words}" for one in plan.banks],
            "due_already": [f"{bank.name}：{one}" for bank, one in plan.due],
            "findings": [f"{bank.name}：{one}" for bank, one in plan.findings],
        },
    )
    due = _due_in_each_language(rows) if plan.due else {}
    carry_out(takeover, plan, {one.key: one.scan for one in letters}, by)
    _tell(takeover, due)
    return takeover


def _lock_banks(rows: Rows) -> None:
    """Lock the registered banks of the rows before they are judged, in the order in which every action locks them."""
    found = Bank.objects.filter(uscc__in={row.uscc for row in rows.banks}).order_by("pk")
    list(found.select_for_update(no_key=True))


def _demand_the_same(plan: Plan, seen: str) -> None:
    if seen and seen != plan.fingerprint():
        raise EditConflict(
            _(
                "What would happen has changed since you opened this page. Open it again and read it before you "
                "confirm."
            )
        )


def _close(takeover: Takeover, by: User) -> None:
    takeover.closed_at, takeover.closed_by = clock.now(), by
    takeover.save(update_fields=["state", "closed_at", "closed_by", "closed_reason"])


def _due_in_each_language(rows: Rows) -> dict[str, str]:
    """Return what is due already, by language: a message is written in both, whoever confirms."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = "\n".join(f"{bank.name}：{one}" for bank, one in plan_of(rows).due)
    return found


def _tell(takeover: Takeover, due_in: dict[str, str]) -> None:
    """Tell who entered it, and name what is due already."""
    due = lazy(lambda: due_in[get_language() or settings.LANGUAGE_CODE], str)() if due_in else ""
    done = gettext_lazy("All rows are in the register, marked as taken over.")
    body = format_lazy(gettext_lazy("{done}\nDue already:\n{due}"), done=done, due=due) if due else done
    notices.post(
        to=[takeover.entered_by],
        key=f"takeover:{takeover.pk}:confirmed",
        title=gettext_lazy("The takeover is confirmed"),
        body=body,
        link=case_page(takeover),
        about=takeover.case_number,
        kind=MessageKind.NEWS,
    )
