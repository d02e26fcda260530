"""For gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from samenhang.foundation.loaded import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenhang.config.settings")
application = get_wsgi_application()
keep_what_is_loaded()
