"""Portal addresses of applications."""

from admission.applications.urls import urlpatterns as applications
from admission.decisions.urls import urlpatterns as decisions
from admission.review.urls import urlpatterns as review

app_name = "admission"
urlpatterns = [*applications, *review, *decisions]
