"""URLs of a person's messages."""

from django.urls import path

from zsbank.site.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("read/", views.read_all, name="read_all"),
    path("mails/", views.mails, name="mails"),
    path("<int:pk>/", views.message, name="message"),
]
