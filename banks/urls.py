"""Portal addresses of a bank."""

from banks.changes.urls import urlpatterns as changes
from banks.hearings.urls import urlpatterns as hearings
from banks.members.urls import urlpatterns as members
from banks.outlets.urls import urlpatterns as outlets
from banks.papers.urls import urlpatterns as papers
from banks.register.urls import urlpatterns as register

app_name = "banks"
urlpatterns = [*register, *papers, *outlets, *members, *hearings, *changes]
