"""Lists come in pages with a cursor: steady while rows are added."""

from rest_framework.pagination import CursorPagination


class Cursor(CursorPagination):
    """Fifty rows a page, newest first, at most two hundred on request."""

    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
