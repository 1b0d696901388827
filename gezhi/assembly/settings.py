"""Django's settings, derived from the typed environment."""

from __future__ import annotations

from gezhi.assembly.capabilities import has_module, installed_apps
from gezhi.assembly.environment import database_settings, kept_secret, read_environment
from gezhi.assembly.logging_plan import configure_logging
from gezhi.assembly.version import gezhi_version
from gezhi.plumbing.limits.client_address import networks_of

ENVIRONMENT = read_environment()

GEZHI_HOME = ENVIRONMENT.home
GEZHI_VERSION = gezhi_version()
GEZHI_DEMO = ENVIRONMENT.demo
GEZHI_EMBEDDED = ENVIRONMENT.database_url is None
GEZHI_POSTGRES_BIN = ENVIRONMENT.postgres_bin
GEZHI_POSTGRES_OPTIONS = ENVIRONMENT.postgres_options
GEZHI_PROXIES = networks_of(ENVIRONMENT.proxies)
GEZHI_PROXY_HEADER = ENVIRONMENT.proxy_header
GEZHI_KEY_DAYS = ENVIRONMENT.key_days
GEZHI_BASEMAP = ENVIRONMENT.basemap
GEZHI_SMS_GATEWAY = ENVIRONMENT.sms_gateway
GEZHI_SMS_URL = str(ENVIRONMENT.sms_url or "")
GEZHI_SMS_TOKEN = ENVIRONMENT.sms_token.get_secret_value()
GEZHI_HOLIDAY_DAYS = ENVIRONMENT.holiday_days
GEZHI_PROOF_MINUTES = ENVIRONMENT.proof_minutes
GEZHI_SIGNER_SOCKET = ENVIRONMENT.socket_of_signer
GEZHI_ANCHOR_TO = ENVIRONMENT.anchor_to
GEZHI_ANCHOR_KEYS = ENVIRONMENT.anchor_keys
GEZHI_CLOCK_TOLERANCE_S = ENVIRONMENT.clock_tolerance_s
GEZHI_PICTURE_SLOTS = ENVIRONMENT.picture_slots
GEZHI_CLOCK_GAP_H = ENVIRONMENT.clock_gap_h
GEZHI_MEDIA_LIMIT_BYTES = 20 * 1024 * 1024
GEZHI_BODY_LIMIT_BYTES = 2 * 1024 * 1024

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret or kept_secret(GEZHI_HOME)
ALLOWED_HOSTS = ENVIRONMENT.hosts
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.origins

_HAS_PEOPLE = has_module("people", "models")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    *(["axes"] if _HAS_PEOPLE else []),
    *installed_apps(),
]
if _HAS_PEOPLE:
    AUTH_USER_MODEL = "people.User"

MIDDLEWARE = [
    "gezhi.plumbing.requests.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

ROOT_URLCONF = "gezhi.assembly.urls"
WSGI_APPLICATION = "gezhi.assembly.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": database_settings(ENVIRONMENT, owner=True)}
GEZHI_SERVING = database_settings(ENVIRONMENT, owner=False)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["gezhi.plumbing.limits.hashing.YieldingArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_LOCK_OUT_AT_FAILURE = False  # it keeps the record; people/rules/sign_in_limits.py says who is stopped
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False

SESSION_COOKIE_NAME = "gezhi_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_NAME = "gezhi_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.https
if ENVIRONMENT.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = GEZHI_BODY_LIMIT_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = GEZHI_MEDIA_LIMIT_BYTES
STATIC_URL = "/static/"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS is the reverse proxy's
    "axes.W002",  # our own door answers a lockout
    "axes.W003",  # and our own rule says who is locked out
    "security.W008",  # so is the redirect to https
]

LOGGING_CONFIG = None
configure_logging(ENVIRONMENT.log_level)
