"""Addresses of files selected in forms, in portal and desk."""

from django.urls import path

from zsbank.site.portal import chosen_files

urlpatterns = [
    path("", chosen_files.choose_file, name="chosen_file"),
    path("<uuid:token>/", chosen_files.chosen_file, name="chosen_file"),
]
