"""Portal addresses of exit."""

from exit.cases.urls import urlpatterns as cases

app_name = "exit"
urlpatterns = [*cases]
