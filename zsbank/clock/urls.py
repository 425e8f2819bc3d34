"""Addresses of the clock."""

from django.urls import path

from zsbank.clock.views import healthz

app_name = "clock"
urlpatterns = [path("healthz", healthz, name="healthz")]
