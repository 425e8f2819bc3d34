"""Portal addresses of rectification, assessment, fee notices, complaints and inspections."""

from inspections.assessments.urls import urlpatterns as assessments
from inspections.complaints.urls import urlpatterns as complaints
from inspections.fees.urls import urlpatterns as fees
from inspections.rectification.urls import urlpatterns as rectification
from inspections.visits.urls import urlpatterns as visits

app_name = "inspections"
urlpatterns = [*rectification, *assessments, *fees, *complaints, *visits]
