"""Lists come in pages with a cursor: steady while rows are added."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor as Position
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

NUMBER = re.compile("[0-9]{1,18}")


class Cursor(CursorPagination):
    """Fifty rows a page, two hundred at most on request; newest first, where the view has no order of its own."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """By a number, in the order of the view."""
        return getattr(view, "ordering", ("-pk",))

    def get_page_size(self, request: Request) -> int:
        """How many rows were asked for; what is no such number is refused, not guessed."""
        asked = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if not re.fullmatch("[0-9]{1,3}", asked) or not 1 <= int(asked) <= self.max_page_size:
            said = _("Provide a whole number from 1 to %(most)s.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [said]})
        return int(asked)

    def decode_cursor(self, request: Request) -> Position | None:
        """Where to go on; only what an earlier page gave."""
        try:
            position = super().decode_cursor(request)
        except NotFound:
            raise self._unknown() from None
        if position and position.position is not None and not NUMBER.fullmatch(str(position.position)):
            raise self._unknown()
        return position

    def _unknown(self) -> ValidationError:
        said = _(
            "This cursor did not come from a page. Use next and previous unchanged, or start "
            "without a cursor."
        )
        return ValidationError({self.cursor_query_param: [said]})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What a list may be asked."""
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            {
                "name": self.cursor_query_param,
                "in": "query",
                "description": _(
                    "From next or previous of another page; if omitted, the list starts at the beginning."
                ),
                "schema": {"type": "string"},
            },
            {
                "name": self.page_size_query_param,
                "in": "query",
                "description": _("Number of rows per page."),
                "schema": size,
            },
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A page: its rows, and the addresses of the pages beside it; null where there is none."""
        beside = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**beside, "description": _("Address of the next page; null on the last page.")},
                "previous": {
                    **beside,
                    "description": _("Address of the previous page; null on the first page."),
                },
                "results": schema,
            },
        }
