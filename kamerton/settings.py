"""Every setting, from the environment, with a default that runs embedded on one machine."""

# ruff: noqa: E402 — the SQLite engine is chosen before anything imports django.db
from kamerton import sqlite_engine

sqlite_engine.install()

import os
import secrets
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

BASE = Path(__file__).resolve().parent
# The files of the API's page; ninja as an app would cost every start of a process 0.4 s.
NINJA = Path(find_spec("ninja").origin).parent  # type: ignore[union-attr, arg-type]


def env(name: str, default: str = "") -> str:
    """Return KAMERTON_<name>."""
    return os.environ.get(f"KAMERTON_{name}", default)


def flag(name: str, *, default: bool) -> bool:
    """Return KAMERTON_<name> as yes or no."""
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Return KAMERTON_<name>, a list with commas."""
    return [word.strip() for word in env(name, default).split(",") if word.strip()]


def kept_secret(path: Path) -> str:
    """Return the secret key of this installation; made once, readable by its owner only."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(50)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(made)
        except FileExistsError:  # the other worker was first
            return path.read_text()
        return made


TESTING = "pytest" in sys.modules
DATA = Path(env("DATA", str(BASE.parent / "data"))).resolve()  # database, segments, files
DEBUG = flag("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY") or ("test" * 16 if TESTING else kept_secret(DATA / "secret-key"))
ALLOWED_HOSTS = words("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("ORIGINS")
HTTPS = flag("HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django.forms",  # its widgets are drawn by our engine
    "django_cotton.apps.SimpleAppConfig",  # simple: the loaders stand below
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "kamerton.platform.access",
    "kamerton.platform.audit",
    "kamerton.platform.files",
    "kamerton.platform.jobs",
    "kamerton.platform.backup",
    "kamerton.domain.methodology",
    "kamerton.domain.accounts",
    "kamerton.domain.ledger",
    "kamerton.domain.activities",
    "kamerton.domain.segmentation",
    "kamerton.domain.dossier",
    "kamerton.domain.buying_centre",
    "kamerton.domain.plans",
    "kamerton.domain.hiring",
    "kamerton.web",
    "kamerton.web.ui",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kamerton.web.headers.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kamerton.web.language.UserLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kamerton.web.language.PreferredLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kamerton.web.setup_gate.FirstVisit",
    "kamerton.web.reading.ReadOnce",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "kamerton.web.errors.BusinessErrors",
]

ROOT_URLCONF = "kamerton.urls"
WSGI_APPLICATION = "kamerton.wsgi.application"
APPEND_SLASH = True

# From the inside out: files, components (<c-…>), a cache, parts of a file (page.html#row).
LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates", NINJA / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kamerton.web.ui.context.layout",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "kamerton.web.ui.templatetags.ui",
            ],
            "loaders": LOADERS,
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# A file as in life: tables in memory that two threads share refuse instead of waiting.
TEST_FILE = Path(tempfile.gettempdir()) / f"kamerton-test-{os.getpid()}.sqlite3"
SYNCHRONOUS = "OFF" if TESTING else "NORMAL"


def sqlite() -> dict[str, Any]:
    """One file beside the server; IMMEDIATE, as SQLite refuses to upgrade a read transaction."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "kamerton.sqlite3",
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": TEST_FILE},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode=WAL;PRAGMA synchronous={SYNCHRONOUS};PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=67108864;"
            ),
        },
    }


def postgres() -> dict[str, Any]:
    """A server named by libpq's own variables (PGHOST, PGUSER …)."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "kamerton"),
        "USER": os.environ.get("PGUSER", "postgres"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {} if TESTING else {"pool": {"min_size": 1, "max_size": 8}},
    }


DATABASES = {"default": postgres() if env("DB") == "postgres" else sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",  # shared by all workers
        "LOCATION": "cache",
    }
}
TASKS = {"default": {"BACKEND": "kamerton.platform.jobs.backend.LeaseQueue", "QUEUES": []}}
SCHEDULE = [  # task below kamerton, "daily HH:MM" or "every N" minutes, title
    ("flows.tasks.restate_standings", "daily 02:30", gettext_noop("Counting who stands where")),
    ("flows.tasks.watch_plans", "daily 03:15", gettext_noop("Watching plans and forecasts")),
    ("flows.tasks.keep_ledger", "daily 03:00", gettext_noop("Comparing the ledger with its files")),
    ("flows.tasks.keep_hiring", "daily 04:00", gettext_noop("Keeping the terms of hiring")),
    ("flows.tasks.remind_invited", "every 30", gettext_noop("Reminding those invited")),
    ("platform.jobs.tasks.purge_old_jobs", "daily 03:30", gettext_noop("Clearing away old jobs")),
]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 10}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "kamerton.web.account.adapter.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    # a candidate's link: forms save themselves, and a group may sit behind one address
    "candidate_writes": "300/m/ip",
    "candidate_unknown": "20/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
USERSESSIONS_TRACK_ACTIVITY = False  # a write with every request would cost too much

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_TEMP_DIR = None

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env("SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = env("SMTP_HOST")
EMAIL_PORT = int(env("SMTP_PORT", "587"))
EMAIL_HOST_USER = env("SMTP_USER")
EMAIL_HOST_PASSWORD = env("SMTP_PASSWORD")
EMAIL_USE_TLS = flag("SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", "kamerton@localhost")
PUBLIC_URL = env("URL").rstrip("/")  # https://kam.example.com: links in letters sent by the clock

POLICY_CONTACT = env("POLICY_CONTACT")  # address and e-mail, in the policy for candidates
HEADHUNTER = {  # the job site; off while there is no token
    "url": env("HH_URL", "https://api.hh.ru"),
    "user_agent": env("HH_USER_AGENT"),  # the site wants a name and an e-mail: App/1.0 (a@b.ru)
    "access_token": env("HH_ACCESS_TOKEN"),
    "refresh_token": env("HH_REFRESH_TOKEN"),
}

LANGUAGE_CODE = env("LANGUAGE", "ru")
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Europe/Moscow")
CURRENCY = env("CURRENCY", "RUB")
PRODUCT_NAME = _("Kamerton")

STATIC_URL = "static/"
STATICFILES_DIRS = [
    folder for folder in (BASE / "static" / "dist", NINJA / "static") if folder.is_dir()
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.*/assets/.+-[\w-]{8,}\.\w+$"  # Vite's hashed names
VITE_MANIFEST = BASE / "static" / "dist" / ".vite" / "manifest.json"

SEGMENTS = DATA / "segments"  # immutable Parquet files of sales lines
FILES = DATA / "files"  # uploads and attachments
UPLOAD_LIMIT = int(env("UPLOAD_LIMIT_MB", "2048")) * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"links": {"()": "kamerton.web.hiring.public.quiet.HideLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
