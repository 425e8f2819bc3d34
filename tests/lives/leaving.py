"""Rules of random lives: how banks leave, on one ground or two."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from admission.tests.factories import pdf_file
from exit.cases.models import ExitCase
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from tests.lives.machine import WHICH, act
from tests.lives.supervision import Supervision


class Leaving(Supervision):
    """Exit cases."""

    @rule(which=WHICH)
    def file_exit(self, which: int) -> None:
        self.attempt(
            lambda: act(
                "file_exit_application",
                bank=self.banks[which],
                by=self.clerks[which],
                statement="调整业务布局。",
                document=pdf_file(),
                document_name="申请.pdf",
            )
        )

    @rule(which=WHICH)
    def withdraw_exit(self, which: int) -> None:
        by = self.clerks[which]
        self.on(ExitCase, which, lambda row: act("withdraw_exit_application", case=row, by=by))

    @rule(which=WHICH)
    def open_exit(self, which: int) -> None:
        by = self.people.inspector
        self.on(Determination, which, lambda row: act("open_exit_case", determination=row, by=by))

    @rule(which=WHICH)
    def propose(self, which: int) -> None:
        by = self.people.inspector
        self.on(ExitCase, which, lambda row: act("propose_exit", case=row, by=by))

    @rule(which=WHICH, who=st.sampled_from(["second_decider", "decider", "inspector"]))
    def sign(self, which: int, who: str) -> None:
        by = getattr(self.people, who)
        done = self.on(ExitCase, which, lambda row: act("sign_exit", case=row, by=by))
        assert not (done and who == "inspector")

    @rule(which=WHICH)
    def close(self, which: int) -> None:
        by = self.people.second_decider
        self.on(ExitCase, which, lambda row: act("close_exit_case", case=row, by=by, reason="理由已不存在"))

    @rule(which=WHICH)
    def go(self, which: int) -> None:
        self.file_exit(which)
        self.propose(which)
        self.sign(which, "second_decider")

    @rule(which=WHICH, own_first=st.booleans(), withdrawn=st.booleans())
    def leave_on_two_grounds(self, which: int, own_first: bool, withdrawn: bool) -> None:
        """The bank applies, and the bureau finds a serious breach; the bank may withdraw its own ground again."""
        if own_first:
            self.file_exit(which)
        self.determine(which, DeterminationKind.SERIOUS_BREACH, 0)
        self.open_exit(which)
        if not own_first:
            self.file_exit(which)
        self.propose(which)
        if withdrawn:
            self.withdraw_exit(which)
