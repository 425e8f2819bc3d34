"""The verbs of the record in people's words, and the states in the words of their own model."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

WORDS: dict[str, str | Promise] = {
    Verb.REGISTER_BANK: _("entered the bank in the register"),
    Verb.REGISTER_VENDOR: _("entered the card vendor in the register"),
    Verb.ADD_MEMBER: _("let the person act for the bank"),
    Verb.INVITE_MEMBER: _("invited the person to act for the bank"),
    Verb.RENEW_INVITATION: _("sent the invitation anew"),
    Verb.WITHDRAW_INVITATION: _("withdrew the invitation"),
    Verb.ACCEPT_INVITATION: _("accepted the invitation to act for the bank"),
    Verb.CHANGE_MEMBER_ROLE: _("changed the person's role at the bank"),
    Verb.REMOVE_MEMBER: _("ended the person's acting for the bank"),
    Verb.SAVE_OUTLET: _("saved the outlet"),
    Verb.IMPORT_OUTLETS: _("imported outlets from a spreadsheet"),
    Verb.REMOVE_OUTLET: _("removed the outlet"),
    Verb.START_APPLICATION: _("started the application"),
    Verb.SAVE_ANSWER: _("saved an answer"),
    Verb.ATTACH_EVIDENCE: _("attached evidence"),
    Verb.REPLACE_EVIDENCE: _("replaced evidence by a newer revision"),
    Verb.COPY_ANSWERS: _("took answers over from an earlier application"),
    Verb.REMOVE_EVIDENCE: _("removed evidence"),
    Verb.SUBMIT_APPLICATION: _("handed the application in"),
    Verb.WITHDRAW_APPLICATION: _("withdrew the application"),
    Verb.DECLARE_CONFLICT: _("declared a conflict of interest"),
    Verb.ACCEPT_APPLICATION: _("accepted the application for review"),
    Verb.RECORD_REMARK: _("noted what is missing"),
    Verb.REQUEST_SUPPLEMENT: _("asked for a supplement"),
    Verb.HAND_IN_SUPPLEMENT: _("handed the supplement in"),
    Verb.END_SUPPLEMENT: _("found the time to supplement over"),
    Verb.ASSIGN_CASES: _("assigned the case"),
    Verb.WRITE_NOTE: _("wrote an internal note"),
    Verb.RECORD_SITE_VISIT: _("recorded a site visit"),
    Verb.ASK_OPINION: _("asked the medical insurance side"),
    Verb.TAKE_BACK_OPINION: _("took the question to the medical insurance side back"),
    Verb.GIVE_OPINION: _("gave the opinion of the medical insurance side"),
    Verb.EXTEND_TIME_LIMIT: _("extended the time to decide"),
    Verb.RECORD_FINDING: _("recorded a finding"),
    Verb.RECOMMEND: _("recommended a decision"),
    Verb.SEND_BACK: _("sent the recommendation back"),
    Verb.DECIDE: _("decided the application"),
    Verb.VOID_RECOMMENDATION: _("found the recommendation void"),
    Verb.RECORD_AGREEMENT: _("recorded the signed agreement"),
    Verb.GIVE_PRIOR_NOTICE: _("told the bank what is intended"),
    Verb.STATE_CASE: _("stated the bank's case"),
    Verb.ANSWER_STATEMENT: _("answered the bank's statement"),
    Verb.ALLOW_ISSUING: _("allowed issuing to start"),
    Verb.RECORD_DETERMINATION: _("recorded a determination"),
    Verb.SET_RECTIFICATION_DEADLINE: _("set the day of the rectification"),
    Verb.REPORT_RECTIFICATION: _("reported the rectification"),
    Verb.ACCEPT_RECTIFICATION: _("accepted the rectification"),
    Verb.REJECT_RECTIFICATION: _("rejected the report"),
    Verb.RECORD_ASSESSMENT: _("recorded the assessment"),
    Verb.FINALISE_ASSESSMENT: _("made the assessment final"),
    Verb.REVISE_ASSESSMENT: _("changed the assessment on review"),
    Verb.OPEN_EXIT_CASE: _("opened the exit case"),
    Verb.FILE_EXIT_APPLICATION: _("filed the application to leave"),
    Verb.WITHDRAW_EXIT_APPLICATION: _("withdrew the application to leave"),
    Verb.PROPOSE_EXIT: _("proposed the exit for signature"),
    Verb.SIGN_EXIT: _("signed the exit"),
    Verb.CLOSE_EXIT_CASE: _("closed the exit case without an exit"),
    Verb.RETRY_LETTER: _("asked for the letter's file again"),
    Verb.DOWNLOAD_LETTER: _("opened or downloaded the letter"),
    Verb.GRANT_ROLE: _("gave the person a role"),
    Verb.DEMAND_SECOND_FACTOR: _("changed whether a second factor is demanded"),
    Verb.REVOKE_ROLE: _("took a role from the person"),
    Verb.DISCONNECT_IDENTITY: _("took the connection with the identity service from the person"),
    Verb.DEACTIVATE_PERSON: _("ended the person's account"),
    Verb.END_SIGN_INS: _("signed the person out everywhere"),
    Verb.REMOVE_SECOND_FACTOR: _("took the lost second factor from the person"),
    Verb.EXPORT_JOURNAL: _("exported the record"),
    Verb.SEE_DESK: _("looked at the cases and registers"),
    Verb.SEE_LETTERS: _("looked at the register of letters"),
    Verb.SEE_JOURNAL: _("looked at the record"),
    Verb.SEE_SIGN_INS: _("looked at who signed in from where"),
    Verb.SEE_SYSTEM: _("looked at how the program runs"),
    Verb.SEE_CONTACTS: _("saw phones, e-mails and sign-in names unmasked"),
    Verb.SEE_PEOPLE: _("looked at the people and their roles"),
    Verb.SEE_OPINIONS: _("looked at the questions to the medical insurance side"),
    Verb.RECEIVE_CHECKPOINT: _("received the day's checkpoint of the record"),
    Verb.ENTER_PERSON: _("entered the person"),
    Verb.SIGN_IN: _("signed in"),
    Verb.SIGN_OUT: _("signed out"),
    Verb.REFUSE_SIGN_IN: _("refused a sign-in"),
    Verb.CONNECT_IDENTITY: _("connected the person with the identity service"),
    Verb.CONFIRM_SIGN_IN: _("showed anew who they are"),
    Verb.REFUSE: _("was refused what they tried"),
    Verb.CHANGE_SIGN_IN: _("changed how they sign in"),
    Verb.ADMIT: _("gave the bank the qualification"),
    Verb.PUT_UNDER_RECTIFICATION: _("put the bank under rectification"),
    Verb.END_RECTIFICATION: _("ended the bank's rectification"),
    Verb.LEAVE: _("cancelled the bank's qualification"),
    Verb.LOCK_OUT: _("found the five-year bar running"),
    Verb.RELEASE: _("found the five-year bar over"),
    Verb.OPEN_ORDER: _("opened the rectification order"),
    Verb.LAPSE: _("found the rectification order lapsed"),
    Verb.WITHDRAW_ORDER: _("withdrew the rectification order"),
    Verb.SET_ASIDE_ORDER: _("set the lapsed order aside"),
    Verb.SIGN_LETTER: _("signed the letter"),
    Verb.ISSUE_LETTER: _("made the letter's file"),
    Verb.SKIP_NUMBERS: _("passed over numbers that were given before the restored backup was lost"),
    Verb.FAIL_LETTER: _("could not make the letter's file"),
    Verb.DOWNLOAD_RECEIPT: _("downloaded the receipt"),
    Verb.OPEN_FILE: _("opened or downloaded a file"),
    Verb.QUARANTINE_FILE: _("found a virus in the file and quarantined it"),
    Verb.LOAD_DEMONSTRATION: _("loaded the demonstration"),
    Verb.DRAFT_EDITION: _("drafted the policy edition"),
    Verb.AMEND_EDITION: _("amended the draft of the edition"),
    Verb.PUBLISH_EDITION: _("published the policy edition"),
}


def verb_in_words(verb: str) -> str:
    """What was done, in words; a verb without words is shown as it is."""
    return str(WORDS.get(verb, verb))


def sentence(entry: Entry) -> str:
    """Who did what, in the reader's language; what the clock did, the register did."""
    who = entry.actor_name if entry.actor_id else _("The register")
    return str(_("%(who)s %(done)s") % {"who": who, "done": verb_in_words(entry.verb)})


def state_in_words(subject_type: str, state: str) -> str:
    """A state's label in its model's own words."""
    if not state:
        return ""
    for field in apps.get_model(subject_type)._meta.get_fields():
        if getattr(field, "protected", False):
            return str(dict(getattr(field, "flatchoices", ())).get(state, state))
    return state


def kind_in_words(subject_type: str) -> str:
    """What kind of thing an entry is about."""
    return str(apps.get_model(subject_type)._meta.verbose_name) if subject_type else ""


def particulars(entry: Entry) -> str:
    """What an entry adds besides who, what and why: the criterion, the file, the number of the letter."""
    data = entry.data
    said = [str(data[name]) for name in ("letter", "file") if data.get(name)]
    if data.get("criterion"):
        said.insert(0, str(_("criterion %(n)s") % {"n": data["criterion"]}))
    if entry.verb == Verb.REFUSE:
        said.append(str(_("tried: %(verb)s") % {"verb": verb_in_words(str(data["verb"]))}))
    if data.get("case_officer"):
        said.append(str(data["name"]))
    return " · ".join(said)
