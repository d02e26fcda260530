"""All settings, from the environment. Failing at start with a sentence beats failing later."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

try:  # A library of 3.51.3 or newer, so that WAL is safe with two writers (docs/decisions/0004).
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:
    pass
import sqlite3

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.home import home

HOME = home()
PACKAGE = Path(__file__).resolve().parent.parent
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)


# Seconds to wait for somebody else's transaction.
LOCK_TIMEOUT = float(os.environ.get("SAMENHANG_LOCK_TIMEOUT", "10"))


def _secret() -> str:
    """The secret of this home, made once, readable by its owner only."""
    path = HOME / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(50)
        file.write(made)
    return made


# Seconds. A new one costs a page 7 ms on SQLite, which reads the whole schema, and 16 ms on PostgreSQL.
CONNECTION_LASTS = 600


def _database(url: str) -> dict[str, Any]:
    """A Django database from ``postgres://user:password@host:port/name`` or ``sqlite:///path``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": CONNECTION_LASTS,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": LOCK_TIMEOUT,
                "init_command": f"PRAGMA journal_mode={'WAL' if WAL_IS_SAFE else 'DELETE'};"
                "PRAGMA secure_delete=ON;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA mmap_size=0;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", None) or parts.hostname or ""
        # Who waits for a lock longer than this gets "try again" instead of a hanging page.
        options.setdefault("options", f"-c lock_timeout={int(LOCK_TIMEOUT * 1000)}")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(host),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": CONNECTION_LASTS,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///")


def _at_least_one(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not int(text):
        raise ImproperlyConfigured(f"{name} must be a whole number of at least 1, not {text!r}.")
    return int(text)


def _oidc() -> dict[str, Any] | None:
    """The identity provider, or None; half of a provider is a mistake."""
    needed = ("issuer", "client", "secret")
    named = {name: os.environ.get(f"SAMENHANG_OIDC_{name.upper()}", "") for name in needed}
    if not named["secret"] and (file := os.environ.get("SAMENHANG_OIDC_SECRET_FILE")):
        named["secret"] = Path(file).read_text(encoding="utf-8").strip()
    if not any(named.values()):
        return None
    missing = [f"SAMENHANG_OIDC_{name.upper()}" for name, value in named.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"The identity provider needs {', '.join(missing)} as well.")
    strong = os.environ.get("SAMENHANG_OIDC_STRONG", "")
    return {
        **named,
        "name": os.environ.get("SAMENHANG_OIDC_NAME") or urlsplit(named["issuer"]).hostname,
        "strong": frozenset(word.strip() for word in strong.split(",") if word.strip()),
    }


SECRET_KEY = os.environ.get("SAMENHANG_SECRET") or _secret()
KEY_STORE = Path(os.environ.get("SAMENHANG_KEY_STORE") or HOME / "keys")
# The key that wraps the others, as a text or in a file; else one is made in KEY_STORE.
MASTER_KEY = os.environ.get("SAMENHANG_MASTER_KEY", "")
MASTER_KEY_FILE = os.environ.get("SAMENHANG_MASTER_KEY_FILE", "")
FILES = HOME / "files"
# Addresses or folders of those who keep the heads of the log elsewhere, with spaces between.
WITNESSES = os.environ.get("SAMENHANG_WITNESSES", "").split()
# The Member State in which the data stand (ISO 3166-1): travel data may stand nowhere else.
STORED_IN = os.environ.get("SAMENHANG_STORED_IN", "").strip().upper()
# How many hits may wait for people, and for how many hours, before the unit's reviewers get an alarm.
# Four days let a long weekend pass.
HITS_MOST = _at_least_one("SAMENHANG_HITS_MOST", 200)
HITS_HOURS = _at_least_one("SAMENHANG_HITS_HOURS", 96)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SAMENHANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
BEHIND_TLS = os.environ.get("SAMENHANG_TLS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "samenhang.foundation",
    "samenhang.journal",
    "samenhang.organisations",
    "samenhang.grounds",
    "samenhang.access",
    "samenhang.programme",
    "samenhang.persons",
    "samenhang.deconfliction",
    "samenhang.exchange",
    "samenhang.travel",
    "samenhang.judging",
    "samenhang.watchlists",
    "samenhang.criteria",
    "samenhang.cases",
    "samenhang.risk",
    "samenhang.conferences",
    "samenhang.measures",
    "samenhang.prosecution",
    "samenhang.coordination",
    "samenhang.national_picture",
    "samenhang.oversight",
    "samenhang.desk",
    "samenhang.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samenhang.journal.middleware.Journal",
    "samenhang.foundation.middleware.NeverStored",
    "samenhang.foundation.middleware.DemonstrationStaysHome",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samenhang.foundation.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "samenhang.organisations.middleware.WhoActs",
    "axes.middleware.AxesMiddleware",
    "samenhang.foundation.middleware.RefusalsSpeak",
]

ROOT_URLCONF = "samenhang.config.urls"
WSGI_APPLICATION = "samenhang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "foundation" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samenhang.foundation.context.installation",
                "samenhang.organisations.context.working",
                "samenhang.desk.context.navigation",
                "samenhang.desk.context.door",
                "samenhang.desk.context.tasks",
                "samenhang.desk.beside.beside",
                "samenhang.desk.doubted.doubted",
            ],
        },
    }
]
# Whether somebody at work reads a case: what an area below asks of one above.
READS_CASE = "samenhang.desk.views.reads_case"
FORM_RENDERER = "samenhang.foundation.form_rendering.Renderer"
FORMAT_MODULE_PATH = "samenhang.foundation.formats"

DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'samenhang.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
]
# Outside a demonstration nothing is shown before a second factor was proved. No variable switches it off.
SECOND_FACTOR_REQUIRED = True
OIDC = _oidc()
CSRF_FAILURE_VIEW = "samenhang.foundation.views.made_before"
LOGIN_URL = "organisations:sign-in"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCK_OUT_AT_FAILURE = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username"]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "samenhang.organisations.views.door.too_many_tries"

# Looking somebody up takes this long at least: how long tells nothing about what may not be seen.
EVEN_SECONDS = 0.15

SESSION_ENGINE = "samenhang.foundation.session_store"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
if served_as := os.environ.get("SAMENHANG_COOKIES"):  # a browser keeps cookies apart by host, not by port
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"session-{served_as}", f"csrf-{served_as}"
if BEHIND_TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Not "no-referrer": with it a browser sends "Origin: null" with each form, and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATICFILES_DIRS = [folder for folder in [PACKAGE.parent.parent / "static-build"] if folder.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Logs hold no personal data: paths of this product carry opaque references only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SAMENHANG_LOG", "WARNING")},
}
