"""The portal's front page."""

from django.urls import path

from zsbank.portal import views

app_name = "portal"
urlpatterns = [path("", views.home, name="home")]
