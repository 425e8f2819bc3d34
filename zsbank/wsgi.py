"""WSGI application, served by gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from zsbank import folders

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
folders.prepare()

application = get_wsgi_application()
