"""Addresses that the API does not have."""

from typing import Any, NoReturn

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Every other address below /api/: answered like a thing that is hidden, as a problem and not as a page."""

    def get(self, request: Request, **kwargs: Any) -> NoReturn:
        """Nothing is here, whatever was asked."""
        raise Http404

    post = put = patch = delete = options = get
