"""How a kind of case is read through the API."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Api:
    """What the API gives of a kind of case: its list and its rows, read only.

    Officers who see its list at the desk read all rows; a bank's users read the rows that the declaration shows to
    their bank (`Case.bank_rows`), as in the portal.

    Args:
        path: the first part of its addresses, such as `fee-notices`.
        fields: the fields of a row, in order, parted by blanks; the key comes before them.
    """

    path: str
    fields: str

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of a row."""
        return tuple(self.fields.split())
