"""Rules of random lives: how banks come in."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.tests.factories import agreed, recommended, submitted
from banks.hearings.models import PriorNotice
from tests.lives.machine import WHICH, Machine, act


class Admission(Machine):
    """Applications, their review and their decision, and what a bank says to a prior notice."""

    @rule(which=WHICH)
    def admit(self, which: int) -> None:
        self.recommend(which, Outcome.APPROVE)
        self.decide(which, "decider")
        self.agree(which)

    @rule(which=WHICH)
    def agree(self, which: int) -> None:
        self.on(Application, which, lambda row: agreed(row, self.people))

    @rule(which=WHICH)
    def start(self, which: int) -> None:
        self.attempt(lambda: act("start_application", bank=self.banks[which], by=self.clerks[which]))

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        self.whole(lambda: submitted(self.banks[which], self.clerks[which]))

    @rule(which=WHICH, outcome=st.sampled_from(Outcome))
    def recommend(self, which: int, outcome: Outcome) -> None:
        self.whole(lambda: recommended(self.banks[which], self.clerks[which], self.people, outcome))

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        by = self.people.intake
        self.on(Application, which, lambda row: act("accept_application", application=row, by=by))

    @rule(which=WHICH, who=st.sampled_from(["decider", "reviewer", "second_decider"]))
    def decide(self, which: int, who: str) -> None:
        by = getattr(self.people, who)
        done = self.on(Application, which, lambda row: act("decide", application=row, by=by))
        assert not (done and who == "reviewer")

    @rule(which=WHICH, answered=st.booleans(), who=st.sampled_from(["inspector", "reviewer"]))
    def hear(self, which: int, answered: bool, who: str) -> None:
        clerk, officer = self.clerks[which], getattr(self.people, who)
        self.on(PriorNotice, which, lambda row: act("state_case", notice=row, text="不同意。", by=clerk))
        if answered:
            self.on(
                PriorNotice,
                which,
                lambda row: act("answer_statement", notice=row, text="复核属实。", by=officer),
            )

    @rule(which=WHICH)
    def send_back(self, which: int) -> None:
        by = self.people.decider
        self.on(Application, which, lambda row: act("send_back", application=row, by=by, reason="再核"))

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        by = self.clerks[which]
        self.on(
            Application, which, lambda row: act("withdraw_application", application=row, by=by, reason="")
        )
