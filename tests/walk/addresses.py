"""Every address of the register with its permitted visitors; a missing address fails the build."""

from dataclasses import dataclass
from enum import StrEnum

from zsbank.base.cases.case import Case
from zsbank.base.permissions import Verb


class Kind(StrEnum):
    """The part of the site to which an address belongs."""

    PUBLIC = "anybody's"
    SIGNED_IN = "whoever is signed in"
    PORTAL = "a bank's people's"
    DESK = "the bureau's people's with a verb"
    SHEET = "a verb's, hidden from who does not hold it"
    LETTERS = "the bureau's people's with a verb, hidden from everybody else"
    API = "the API's"
    CASES = "the API's, of a kind of case that banks read too"
    CLOSED = "nobody's"


@dataclass(frozen=True)
class Access:
    """Who may open an address, and the key in the world of the object it names; empty if none.

    `takes` is the verb of an action, which not everybody holds who may read the object.
    """

    kind: Kind
    thing: str = ""
    verb: Verb | None = None
    takes: Verb | None = None


PORTAL: dict[str, str] = {
    "": "",
    "search/": "",
    "bank/outlets/": "",
    "bank/outlets/new/": "",
    "bank/outlets/import/": "",
    "bank/outlets/import/<int:pk>/": "import",
    "bank/outlets/import/<int:pk>/columns/": "import",
    "bank/outlets/import/template.xlsx": "",
    "bank/outlets/import/template.csv": "",
    "bank/outlets/export.xlsx": "",
    "bank/outlets/export.csv": "",
    "bank/outlets/<int:pk>/": "outlet",
    "bank/outlets/<int:pk>/remove/": "outlet",
    "bank/letters/": "",
    "bank/letters/<int:pk>/": "letter",
    "bank/letters/paper/": "",
    "bank/letters/paper/<int:pk>/": "banks.paperletter",
    "bank/notices/<int:pk>/": "notice",
    "bank/notices/<int:pk>/receipt/": "statement",
    "bank/notices/<int:pk>/receipt.pdf": "statement",
    "bank/members/": "",
    "bank/members/second-factor/": "",
    "bank/members/<int:pk>/role/": "member",
    "bank/members/<int:pk>/remove/": "member",
    "bank/invitations/<int:pk>/renew/": "invitation",
    "bank/invitations/<int:pk>/withdraw/": "invitation",
    "applications/": "",
    "applications/start/": "",
    "applications/<int:pk>/": "application",
    "applications/<int:pk>/criteria/<int:number>/": "application",
    "applications/<int:pk>/criteria/<int:number>/autosave/": "application",
    "applications/<int:pk>/criteria/<int:number>/evidence/": "application",
    "applications/<int:pk>/copy/": "application",
    "applications/<int:pk>/submit/": "application",
    "applications/<int:pk>/whole/": "application",
    "applications/<int:pk>/whole.pdf": "application",
    "applications/<int:pk>/commitment/": "application",
    "applications/<int:pk>/commitment.pdf": "application",
    "applications/<int:pk>/receipt/": "application",
    "applications/<int:pk>/receipt.pdf": "application",
    "applications/<int:pk>/supplements/<int:request_pk>/receipt/": "application",
    "applications/<int:pk>/supplements/<int:request_pk>/receipt.pdf": "application",
    "applications/<int:pk>/supplement/": "application",
    "applications/<int:pk>/clock/": "application",
    "applications/<int:pk>/delete/": "application",
    "applications/<int:pk>/withdraw/": "application",
    "applications/commitments/<int:pk>/": "commitment",
    "applications/evidence/<int:pk>/": "evidence",
    "bank/information/": "",
    "bank/information/change/": "",
    "bank/information/changes/<int:pk>/": "banks.bankchange",
    "bank/information/changes/<int:pk>/receipt/": "banks.bankchange",
    "bank/information/changes/<int:pk>/receipt.pdf": "banks.bankchange",
    "bank/information/changes/<int:pk>/withdraw/": "banks.bankchange",
    "bank/information/changes/<int:pk>/files/<int:document_pk>/": "banks.bankchange",
    "rectification/": "",
    "determinations/<int:pk>/": "determination",
    "determinations/<int:pk>/document/": "determination",
    "rectification/<int:pk>/": "order",
    "rectification/<int:pk>/report/": "order",
    "rectification/<int:pk>/files/<int:file_pk>/": "order",
    "rectification/<int:pk>/progress/": "order",
    "rectification/progress/<int:pk>/receipt/": "progress",
    "rectification/progress/<int:pk>/receipt.pdf": "progress",
    "rectification/reports/<int:pk>/receipt/": "report",
    "rectification/reports/<int:pk>/receipt.pdf": "report",
    "assessments/": "",
    "fees/": "",
    "fees/<int:pk>/": "inspections.feenotice",
    "fees/<int:pk>/payment/": "inspections.feenotice",
    "fees/<int:pk>/files/<int:paper_pk>/": "inspections.feenotice",
    "fees/payments/<int:pk>/receipt/": "fee payment",
    "fees/payments/<int:pk>/receipt.pdf": "fee payment",
    "complaints/": "",
    "complaints/figures/": "",
    "complaints/<int:pk>/": "inspections.complaint",
    "complaints/<int:pk>/answer/": "inspections.complaint",
    "complaints/<int:pk>/files/<int:attachment_pk>/": "inspections.complaint",
    "complaints/answers/<int:pk>/receipt/": "complaint answer",
    "complaints/answers/<int:pk>/receipt.pdf": "complaint answer",
    "inspections/": "",
    "inspections/<int:pk>/": "inspections.inspectionvisit",
    "inspections/<int:pk>/answer/": "inspections.inspectionvisit",
    "inspections/<int:pk>/correction/": "inspections.inspectionvisit",
    "inspections/<int:pk>/files/<int:evidence_pk>/": "inspections.inspectionvisit",
    "inspections/answers/<int:pk>/receipt/": "inspection answer",
    "inspections/answers/<int:pk>/receipt.pdf": "inspection answer",
    "inspections/corrections/<int:pk>/receipt/": "inspection answer",
    "inspections/corrections/<int:pk>/receipt.pdf": "inspection answer",
    "exit/": "",
    "exit/apply/": "",
    "exit/<int:pk>/": "exit",
    "exit/<int:pk>/document/": "exit",
    "exit/<int:pk>/receipt/": "exit",
    "exit/<int:pk>/receipt.pdf": "exit",
    "exit/<int:pk>/withdraw/": "exit",
}
ACCOUNTS: dict[str, Kind] = {
    "login/": Kind.PUBLIC,
    "logout/": Kind.PUBLIC,
    "inactive/": Kind.PUBLIC,
    "signup/": Kind.PUBLIC,
    "confirm-email/": Kind.PUBLIC,
    "password/reset/": Kind.PUBLIC,
    "password/reset/done/": Kind.PUBLIC,
    "password/reset/key/done/": Kind.PUBLIC,
    "login/code/confirm/": Kind.PUBLIC,
    "^confirm-email/(?P<key>[-:\\w]+)/$": Kind.PUBLIC,
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Kind.PUBLIC,
    "2fa/authenticate/": Kind.PUBLIC,
    "oidc/login/": Kind.PUBLIC,
    "oidc/callback/": Kind.PUBLIC,
    "reauthenticate/": Kind.SIGNED_IN,
    "email/": Kind.SIGNED_IN,
    "password/change/": Kind.SIGNED_IN,
    "password/set/": Kind.SIGNED_IN,
    "2fa/": Kind.SIGNED_IN,
    "2fa/reauthenticate/": Kind.SIGNED_IN,
    "2fa/totp/activate/": Kind.SIGNED_IN,
    "2fa/totp/deactivate/": Kind.SIGNED_IN,
    "2fa/recovery-codes/": Kind.SIGNED_IN,
    "2fa/recovery-codes/generate/": Kind.SIGNED_IN,
    "2fa/recovery-codes/download/": Kind.SIGNED_IN,
    "2fa/webauthn/": Kind.SIGNED_IN,
    "2fa/webauthn/add/": Kind.SIGNED_IN,
    "2fa/webauthn/reauthenticate/": Kind.SIGNED_IN,
    "2fa/webauthn/keys/<int:pk>/remove/": Kind.SIGNED_IN,
    "2fa/webauthn/keys/<int:pk>/edit/": Kind.SIGNED_IN,
    "sessions/": Kind.SIGNED_IN,
}
API: dict[str, str] = {
    "^criteria/$": "",
    "^criteria/(?P<number>[0-9]{1,2})/$": "",
    "^banks/$": "",
    "^banks/(?P<pk>[0-9]{1,18})/$": "bank",
    "^banks/(?P<pk>[0-9]{1,18})/choose/$": "own bank",
    "^applications/$": "",
    "^applications/(?P<pk>[0-9]{1,18})/$": "application",
    "^applications/(?P<pk>[0-9]{1,18})/answers/(?P<number>[0-9]{1,2})/$": "application",
    "^applications/(?P<pk>[0-9]{1,18})/submit/$": "application",
    "^letters/$": "",
    "^letters/(?P<pk>[0-9]{1,18})/$": "letter",
}
THINGS: dict[str, str] = {
    "journal.entry": "entry",
    "accounts.user": "officer",
    "letters.letter": "letter",
    "banks.bank": "bank",
    "banks.outlet": "outlet",
    "banks.cardvendor": "nothing",
    "banks.priornotice": "notice",
    "banks.qualification": "qualification",
    "admission.application": "application",
    "admission.policyedition": "edition",
    "admission.criterion": "criterion",
    "admission.opinion": "nothing",
    "inspections.determination": "determination",
    "inspections.rectificationorder": "order",
    "exit.exitcase": "exit",
    "operations.sweeprun": "nothing",
}
"""Which thing of the world is a row of a kind; of other kinds it is the row that the subject's example makes."""


def thing_of(case: Case) -> str:
    """Return the key in the world for rows of this kind."""
    return THINGS.get(case.key, case.key)


OF_A_REGISTER: dict[str, Kind] = {
    "": Kind.DESK,
    "<path:object_id>/change/": Kind.DESK,
    "bulk/<slug:verb>/": Kind.SHEET,
    "list.csv": Kind.DESK,
    "list.xlsx": Kind.DESK,
    "template.xlsx": Kind.DESK,
    "outlets.xlsx": Kind.DESK,
    "do/<slug:verb>/": Kind.SHEET,
    "<int:pk>/do/<slug:verb>/": Kind.SHEET,
    "<int:pk>/files/<int:file>/": Kind.DESK,
    "<int:pk>/review/": Kind.DESK,
    "<int:pk>/review/<int:number>/": Kind.DESK,
    "<int:pk>/review/<int:number>/presence/": Kind.DESK,
    "<int:pk>/whole/": Kind.DESK,
    "<int:pk>/clock/": Kind.DESK,
    "<int:pk>/compare/": Kind.DESK,
}
OTHERS: dict[str, Access] = {
    "admin/": Access(Kind.DESK),
    "admin/search/": Access(Kind.DESK),
    "admin/work/list.xlsx": Access(Kind.DESK),
    "admin/work/list.csv": Access(Kind.DESK),
    "admin/login/": Access(Kind.PUBLIC),
    "admin/logout/": Access(Kind.PUBLIC),
    "admin/password_change/": Access(Kind.DESK),
    "admin/password_change/done/": Access(Kind.DESK),
    "admin/autocomplete/": Access(Kind.CLOSED),
    "admin/jsi18n/": Access(Kind.DESK),
    "admin/r/<path:content_type_id>/<path:object_id>/": Access(Kind.DESK, "nothing"),
    "admin/journal/entry/export/": Access(Kind.SHEET, verb=Verb.EXPORT_JOURNAL),
    "admin/accounts/user/roles/": Access(Kind.DESK),
    "admin/inspections/assessment/results/": Access(Kind.SHEET, verb=Verb.RECORD_ASSESSMENT),
    "admin/inspections/assessment/results/<int:year>/": Access(Kind.SHEET, "nothing", Verb.RECORD_ASSESSMENT),
    "admin/inspections/complaint/figures/": Access(Kind.DESK, verb=Verb.SEE_DESK),
    "admin/inspections/complaint/figures/<int:year>/": Access(Kind.DESK, "nothing", Verb.SEE_DESK),
    "admin/inspections/feenotice/figures/": Access(Kind.DESK, verb=Verb.SEE_DESK),
    "admin/inspections/feenotice/figures/<int:year>/": Access(Kind.DESK, "nothing", Verb.SEE_DESK),
    "admin/inspections/inspectionvisit/<int:pk>/outlets/<int:place>/": Access(
        Kind.SHEET, "inspections.inspectionvisit", Verb.RECORD_INSPECTION
    ),
    "admin/inspections/inspectionvisit/plan/": Access(Kind.DESK, verb=Verb.SEE_DESK),
    "admin/inspections/inspectionvisit/plan/<int:year>/": Access(Kind.DESK, "nothing", Verb.SEE_DESK),
    "admin/inspections/inspectionvisit/plan/<int:year>/<int:bank>/": Access(
        Kind.DESK, "nothing", Verb.SEE_DESK
    ),
    "admin/(?P<url>.*)$": Access(Kind.DESK, "nothing"),
    "files/chosen/": Access(Kind.SIGNED_IN),
    "files/chosen/<uuid:token>/": Access(Kind.SIGNED_IN, "nothing"),
    "i18n/setlang/": Access(Kind.PUBLIC),
    "bank/invitation/": Access(Kind.PUBLIC, "nothing"),
    "bank/invitation/<str:token>/": Access(Kind.PUBLIC, "nothing"),
    "bank/choose/": Access(Kind.SIGNED_IN),
    "messages/": Access(Kind.SIGNED_IN),
    "messages/read/": Access(Kind.SIGNED_IN),
    "messages/mails/": Access(Kind.SIGNED_IN),
    "messages/<int:pk>/": Access(Kind.SIGNED_IN, "nothing"),
    "admin/messages/": Access(Kind.SIGNED_IN),
    "admin/messages/read/": Access(Kind.SIGNED_IN),
    "admin/messages/mails/": Access(Kind.SIGNED_IN),
    "admin/messages/<int:pk>/": Access(Kind.SIGNED_IN, "nothing"),
    "help/": Access(Kind.PUBLIC),
    "admin/help/": Access(Kind.DESK),
    "admin/set-up/": Access(Kind.SHEET, verb=Verb.SEE_SET_UP),
    "admin/set-up/mail/": Access(Kind.SHEET, verb=Verb.SEND_TEST_MAIL),
    "api/schema/": Access(Kind.API),
    "api/docs/": Access(Kind.SIGNED_IN),
    "api/^(?P<rest>[\\s\\S]*)$": Access(Kind.API, "nothing"),
    "letters/<int:pk>/": Access(Kind.LETTERS, "letter", Verb.SEE_LETTERS),
    "healthz": Access(Kind.PUBLIC),
    "session/": Access(Kind.PUBLIC),
    "session/signed-in/": Access(Kind.SIGNED_IN),
}
