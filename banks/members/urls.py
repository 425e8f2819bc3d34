"""Portal addresses of members and invitations."""

from django.urls import path

from banks.members.portal import choosing, invitations, members

urlpatterns = [
    path("members/", members.members, name="members"),
    path("members/second-factor/", members.second_factor, name="second_factor"),
    path("members/<int:pk>/role/", members.change_role, name="change_role"),
    path("members/<int:pk>/remove/", members.remove_member, name="remove_member"),
    path("invitations/<int:pk>/renew/", members.renew_invitation, name="renew_invitation"),
    path("invitations/<int:pk>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"),
    path("invitation/", invitations.accept, name="accept"),
    path("invitation/<str:token>/", invitations.follow, name="follow"),
    path("choose/", choosing.choose_bank, name="choose"),
]
