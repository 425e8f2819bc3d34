"""URLs of the API: version 1, its schema, and its documentation page."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from admission.applications.api import ApplicationViewSet
from admission.editions.api import CriterionViewSet
from banks.register.api import BankViewSet
from zsbank.site.api.cases import view_sets
from zsbank.site.api.letters import LetterViewSet
from zsbank.site.api.views import Nowhere

router = DefaultRouter(use_regex_path=True)
router.include_root_view = False
router.include_format_suffixes = False
router.register("criteria", CriterionViewSet, basename="criterion")
router.register("banks", BankViewSet, basename="bank")
router.register("applications", ApplicationViewSet, basename="application")
router.register("letters", LetterViewSet, basename="letter")
for path_of_kind, view_set in view_sets().items():
    router.register(path_of_kind, view_set, basename=path_of_kind)

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        login_required(require_safe(SpectacularSwaggerSplitView.as_view(url_name="api:schema"))),
        name="docs",
    ),
    re_path(r"^(?P<rest>[\s\S]*)$", Nowhere.as_view()),
]
