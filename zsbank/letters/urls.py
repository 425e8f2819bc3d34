"""Addresses of letters."""

from django.urls import path

from zsbank.letters import views

app_name = "letters"
urlpatterns = [path("<int:pk>/", views.download, name="download")]
