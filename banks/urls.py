"""Addresses of a bank's own affairs."""

from django.urls import path

from banks import choosing_views, import_views, invitation_views, people_views, views

app_name = "banks"
urlpatterns = [
    path("outlets/", views.outlets, name="outlets"),
    path("outlets/new/", views.edit_outlet, name="new_outlet"),
    path("outlets/import/", import_views.upload, name="import_upload"),
    path("outlets/import/<int:pk>/", import_views.preview, name="import"),
    path(
        "outlets/import/template.xlsx", import_views.template, {"kind": "xlsx"}, name="import_template_xlsx"
    ),
    path("outlets/import/template.csv", import_views.template, {"kind": "csv"}, name="import_template_csv"),
    path("outlets/<int:pk>/", views.edit_outlet, name="outlet"),
    path("outlets/<int:pk>/remove/", views.remove_outlet, name="remove_outlet"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("members/", people_views.members, name="members"),
    path("members/second-factor/", people_views.second_factor, name="second_factor"),
    path("members/<int:pk>/role/", people_views.change_role, name="change_role"),
    path("members/<int:pk>/remove/", people_views.remove_member, name="remove_member"),
    path("invitations/<int:pk>/renew/", people_views.renew_invitation, name="renew_invitation"),
    path("invitations/<int:pk>/withdraw/", people_views.withdraw_invitation, name="withdraw_invitation"),
    path("invitation/", invitation_views.accept, name="accept"),
    path("invitation/<str:token>/", invitation_views.follow, name="follow"),
    path("choose/", choosing_views.choose_bank, name="choose"),
]
