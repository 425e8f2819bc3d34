"""Celery application. Tasks only trigger work: the sweep finds in the tables what a lost message asked for."""

import os

from celery import Celery

from zsbank import folders

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")

app = Celery("zsbank")
app.on_configure.connect(lambda **_sender: folders.prepare(), weak=False)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
