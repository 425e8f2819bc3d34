"""Portal addresses of rectification and assessment."""

from inspections.assessments.urls import urlpatterns as assessments
from inspections.rectification.urls import urlpatterns as rectification

app_name = "inspections"
urlpatterns = [*rectification, *assessments]
