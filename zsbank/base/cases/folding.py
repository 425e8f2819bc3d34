"""The form in which names and numbers are compared: one width, one kind of bracket and dash, capitals, no blanks."""

from typing import Any

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Upper

OPENING = "（〔［[【｛{《〈「『〖﹝﹙﹛﹤﹁﹃︵︷︹︻︽︿﹇〘〚⟨⟪⟦｟｢＜<‹«"
CLOSING = "）〕］]】｝}》〉」』〗﹞﹚﹜﹥﹂﹄︶︸︺︼︾﹀﹈〙〛⟩⟫⟧｠｣＞>›»"
DASHES = "－—–―‐‑−"
BLANKS = " \u3000\u00a0\t"
WIDE = "".join(chr(code) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum())
HALF = "".join(chr(ord(wide) - 0xFEE0) for wide in WIDE)

WRITTEN = WIDE + OPENING + CLOSING + DASHES + BLANKS
COMPARED = HALF + "(" * len(OPENING) + ")" * len(CLOSING) + "-" * len(DASHES)
"""The characters of `WRITTEN` become those in the same place here; the blanks, which have none, are left out."""

TABLE = str.maketrans(WRITTEN[: len(COMPARED)], COMPARED, BLANKS)


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return text.translate(TABLE).upper()


class _Translate(Func):
    """SQL's TRANSLATE, which SQLite lacks: there the connection is given the function."""

    function = "TRANSLATE"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Register the function with the connection."""
        connection.ensure_connection()
        connection.connection.create_function("TRANSLATE", 3, _translated, deterministic=True)
        return super().as_sql(compiler, connection, **context)


def _translated(text: str | None, _written: str, _compared: str) -> str | None:
    return None if text is None else text.translate(TABLE)


def folded_column(name: str) -> Func:
    """Return the expression of a column as it is compared; PostgreSQL has an index on those of names."""
    return Upper(_Translate(F(name), Value(WRITTEN), Value(COMPARED)))
