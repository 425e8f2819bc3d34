"""Addresses of a bank's own affairs."""

from django.urls import path

from banks import views

app_name = "banks"
urlpatterns = [
    path("outlets/", views.outlets, name="outlets"),
    path("outlets/new/", views.edit_outlet, name="new_outlet"),
    path("outlets/<int:pk>/", views.edit_outlet, name="outlet"),
    path("outlets/<int:pk>/remove/", views.remove_outlet, name="remove_outlet"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("members/", views.members, name="members"),
    path("members/<int:pk>/remove/", views.remove_member, name="remove_member"),
]
