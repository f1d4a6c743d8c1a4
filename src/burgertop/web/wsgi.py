"""Django as a WSGI application: every page and every form."""

import os

from django.core.wsgi import get_wsgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burgertop.web.settings")
application = get_wsgi_application()
