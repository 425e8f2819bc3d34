"""URLs of letters."""

from django.urls import path

from zsbank.site.auditor import views

app_name = "letters"
urlpatterns = [path("<int:pk>/", views.download, name="download")]
