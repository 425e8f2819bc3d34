"""Pagination of lists with a cursor, which is stable while rows are added."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor as Position
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

NUMBER = re.compile("[0-9]{1,18}")


class Cursor(CursorPagination):
    """Fifty rows per page, up to two hundred on request; newest first unless the view has its own order."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """Return the view's order, by a number."""
        return getattr(view, "ordering", ("-pk",))

    def get_page_size(self, request: Request) -> int:
        """Return the requested number of rows.

        Raises:
            ValidationError: it is not a number in the allowed range.
        """
        asked = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if not re.fullmatch("[0-9]{1,3}", asked) or not 1 <= int(asked) <= self.max_page_size:
            said = _("Provide a whole number from 1 to %(most)s.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [said]})
        return int(asked)

    def decode_cursor(self, request: Request) -> Position | None:
        """Return the position of a cursor.

        Raises:
            ValidationError: the cursor was not issued by an earlier page.
        """
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
        """Return the query parameters of lists for the schema."""
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
        """Return the schema of a page."""
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
