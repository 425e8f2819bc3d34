"""Declaration of the hearing of a bank in a case before an adverse letter is signed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

TookPart = Callable[[Collection[int]], Mapping[int, frozenset[int]]]
"""Asked with keys of rows; for each the keys of the people who had a part in it."""


@dataclass(frozen=True)
class Hearing:
    """The prior notice of a kind of case, and who may not answer what the bank states.

    Args:
        proposed: the model of what is proposed and has the prior notice, such as a recommendation.
        case_of: asked with a proposed row; its case.
        notice_of: asked with the case; the prior notice of what is, or was last, proposed in it, None where there is
            none.
        took_part: asked with keys of proposed rows; for each the keys of the people who found, recorded or proposed
            it, in a constant number of queries.
    """

    proposed: type[Model]
    case_of: Callable[[Any], Model]
    notice_of: Callable[[Any], Any]
    took_part: TookPart

    @property
    def key(self) -> str:
        """The proposed model's name as prior notices keep it."""
        return self.proposed._meta.label_lower
