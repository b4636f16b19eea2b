"""Every setting of the process. What an administrator changes while Okno runs is in ``core.settings_store``."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.csp import CSP

from okno.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = Path(environment.text("OKNO_DATA", "okno-data")).resolve()
DEBUG = environment.flag("OKNO_DEBUG", default=False)
DEMO = environment.flag("OKNO_DEMO", default=False)

# The key signs sessions, reply addresses and subject tokens and encrypts secrets at rest. It lives
# outside the database; `okno` makes the file on its first start (see core.secret_key).
NO_KEY = "unset"
SECRET_KEY_FILE = DATA_FOLDER / "secret.key"
SECRET_KEY = environment.text("OKNO_SECRET_KEY") or (
    SECRET_KEY_FILE.read_text(encoding="ascii").strip() if SECRET_KEY_FILE.exists() else NO_KEY
)

BASE_URL = environment.text("OKNO_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = environment.words("OKNO_HOSTS", "*")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("OKNO_BEHIND_PROXY", default=False) else None
)

# Listening and locks of a session need a connection past a pooler such as PgBouncer; empty where there is none.
DIRECT_DATABASE = environment.database(direct) if (direct := environment.text("DATABASE_DIRECT_URL")) else {}
DATABASES = {
    "default": {
        **environment.database(
            os.environ.get("DATABASE_URL", "postgresql://okno@/okno"),
            # Queries of `core.statements` are planned once for a connection; behind a pooler none is one's own.
            prepare_threshold=None if DIRECT_DATABASE else 2,
        ),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # Databases of a test run are copied from one that has all migrations (see testing/template.py).
        "TEST": {"TEMPLATE": environment.text("OKNO_TEST_TEMPLATE") or None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "okno.core",
    "okno.fields",
    "okno.people",
    "okno.calendars",
    "okno.workflow",
    "okno.knowledge",
    "okno.tickets",
    "okno.sla",
    "okno.routing",
    "okno.channels.email",
    "okno.channels.web_form",
    "okno.notifications",
    "okno.desk",
    "okno.manage",
    "okno.portal",
    "okno.account",
    "okno.api",
    "okno.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "okno.account.middleware.PersonMiddleware",
    "okno.core.http.errors.ErrorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "okno.core.http.policy.PolicyMiddleware",
]

ROOT_URLCONF = "okno.config.urls"
WSGI_APPLICATION = "okno.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "okno.core.jinja.environment",
            "context_processors": [
                "okno.core.http.forms.form_secret",
                "django.contrib.messages.context_processors.messages",
                "okno.desk.context.shell",
                "okno.portal.shell.shell",
                "okno.manage.navigation.settings_menu",
                "okno.account.context.ways_in",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = environment.text("OKNO_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("uk", "Українська"), ("pl", "Polski")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DISPLAY_TIME_ZONE = environment.text("OKNO_TIME_ZONE", "Europe/Kyiv")

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG or DEMO
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["okno.account.backend.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "okno.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"reset_password": "okno.account.forms.ResetPasswordForm"}
PASSWORD_RESET_TIMEOUT = 4 * 3600
ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip,3/h/key"}  # nobody's mailbox is flooded with links
# Limits on sign-in count by address; behind a proxy the client's own is the last in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.flag("OKNO_BEHIND_PROXY", default=False) else 0
MFA_ADAPTER = "okno.account.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Okno"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers call loopback a secure place; only there are passkeys taken without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith(("http://127.0.0.1", "http://localhost"))

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "okno.account.sessions"
SESSION_COOKIE_NAME = "okno_session"
CSRF_COOKIE_NAME = "okno_csrf"
CSRF_FAILURE_VIEW = "okno.core.http.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}

MAILERS = {"default": {"BACKEND": "okno.channels.email.backend.QueueBackend"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # The counts behind the limits of sign-in stand here: many attempts must not push out those of others.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["okno.config.schedule"]

# How letters come in without a mail server: where the SMTP and LMTP listeners stand (empty = off).
SMTP_LISTEN = environment.text("OKNO_SMTP_LISTEN", "")
LMTP_LISTEN = environment.text("OKNO_LMTP_LISTEN", "")

LOG_LEVEL = environment.text("OKNO_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "okno.core.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"django.request": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
}
