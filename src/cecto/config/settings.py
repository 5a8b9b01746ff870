"""All settings, in one file. What an operator may change comes from environment.py."""

from __future__ import annotations

from cecto.config.environment import read_environment
from cecto.config.sqlite import use_bundled_sqlite

use_bundled_sqlite()

ENVIRONMENT = read_environment()

CECTO_HOME = ENVIRONMENT.home
CECTO_URL = ENVIRONMENT.base_url
CECTO_PORT = ENVIRONMENT.port
CECTO_DEMO = ENVIRONMENT.demo
CECTO_KEY_PASSPHRASE = ENVIRONMENT.key_passphrase
CECTO_SMALLEST_PUBLIC_NUMBER = ENVIRONMENT.smallest_public_number
CECTO_ISSUER_NAME = ENVIRONMENT.issuer_name
CECTO_SIGNER = ENVIRONMENT.signer

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = [CECTO_URL]
SECURE = CECTO_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    # Before allauth, whose templates these dress.
    "cecto.foundation.ui",
    "cecto.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "cecto.foundation.journal",
    "cecto.programs",
    "cecto.classes",
    "cecto.ledger",
    "cecto.coursework",
    "cecto.attendance",
    "cecto.audits",
    "cecto.certification",
    "cecto.credentials",
    "cecto.portal",
    "cecto.console",
    "cecto.public",
    "cecto.config",
]

MIDDLEWARE = [
    "cecto.config.answering.waits_once",
    "cecto.config.answering.head_as_get",
    "cecto.config.answering.signed_in_kept_nowhere",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cecto.people.middleware.SecondFactorMiddleware",
    "cecto.config.uploads.UploadLimitMiddleware",
    "cecto.config.answering.BusyMiddleware",
]

ROOT_URLCONF = "cecto.config.urls"
WSGI_APPLICATION = "cecto.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cecto.people.context.viewer",
                "cecto.foundation.ui.context.demo_clock",
            ],
            "builtins": ["cecto.foundation.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that every process of an installation counts sign-in attempts together.
CACHES = {
    "default": {
        "BACKEND": "cecto.config.attempts.AttemptsCache",
        "LOCATION": "cecto_cache",
        # By default 300, beyond which the oldest counts of attempts would be forgotten.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Who only reads is counted in this process, since to count in the database would be to wait for who writes.
    "pace": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pace",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
LOGOUT_REDIRECT_URL = "/"

# Served over https means behind one proxy that says whom it serves; attempts are counted by that address.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
ACCOUNT_ADAPTER = "cecto.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {"login": "cecto.people.forms.SignIn"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole class signs in within a minute from one room, that is from one address.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "request_login_code": "60/m/ip,3/m/key",
    "prove_address": "3/m/user,20/d/user",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_METHODS = ["mfa"]
MFA_ADAPTER = "cecto.people.second_factor.SecondFactorAdapter"
# allauth keeps no list of addresses here; the account's own was proven by the code that opened it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {"add_webauthn": "cecto.people.forms.AddPasskey"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CECTO_DEMO
MFA_TOTP_ISSUER = "CeCTO"

CECTO_MAIL = ENVIRONMENT.mail
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend" if CECTO_MAIL.folder else "cecto.foundation.mail.Server"
)
EMAIL_FILE_PATH = CECTO_MAIL.folder
EMAIL_HOST = CECTO_MAIL.host
EMAIL_PORT = CECTO_MAIL.port
EMAIL_HOST_USER = CECTO_MAIL.user
EMAIL_HOST_PASSWORD = CECTO_MAIL.password
EMAIL_USE_TLS = CECTO_MAIL.starttls
EMAIL_USE_SSL = CECTO_MAIL.tls_at_once
# Seconds that a page waits for the server, all in all.
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"

STATIC_URL = "/static/"
STATIC_ROOT = CECTO_HOME / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = 10 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "worker-src": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
