"""The response for unknown URLs of the API."""

from typing import Any, NoReturn

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Any other URL under /api/: the same problem as for hidden objects."""

    def get(self, request: Request, **kwargs: Any) -> NoReturn:
        """Raise Http404."""
        raise Http404

    post = put = patch = delete = options = get
