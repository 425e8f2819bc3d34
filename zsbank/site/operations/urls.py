"""URL of the health check."""

from django.urls import path

from zsbank.site.operations.views import healthz

app_name = "operations"
urlpatterns = [path("healthz", healthz, name="healthz")]
