"""Every setting, in one file. The variables are explained in docs/operations.md; what is unset is off or has
the default of a small office. Everything the server writes lies under DATA_DIR."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from auth_gateway.configuration import Gateway
from billing.mapping import Mappings
from meetingserver import billed, env, lan, languages, logs, pseudo, sign_in

BASE_DIR = Path(__file__).resolve().parent.parent
CHANGELOG = (BASE_DIR / "CHANGELOG.md").read_text()
VERSION = "".join(re.findall(r"^## (\d+\.\d+\.\d+)", CHANGELOG, re.MULTILINE)[:1])

DEBUG = env.flag("DEBUG")
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
SECRET_KEY = env.secret("SECRET_KEY", kept_in=DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

# --- Where people find the server -------------------------------------------------------------------------

LAN = env.flag("LAN")
LAN_NAMES = [*lan.addresses(), lan.host_name()] if LAN else []
HOST = env.text("HOST", "0.0.0.0" if LAN else "127.0.0.1")  # noqa: S104 - the local network was asked for
PORT = env.port("PORT", 8000)
OWN_URL = f"https://{LAN_NAMES[0]}:{PORT}" if LAN else f"http://localhost:{PORT}"
PUBLIC_URL = env.url("PUBLIC_URL", OWN_URL, schemes=("http", "https"))
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", PUBLIC_HOST, *LAN_NAMES])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SERVER_ROLES = ("all", "front-end", "conference", "streaming")
SERVER_ROLE = env.choice("SERVER_ROLE", "all", SERVER_ROLES)
BEHIND_PROXY = env.flag("BEHIND_PROXY")

# --- How it looks, and what it is called (docs/branding.md) ------------------------------------------------

BRAND = env.text("BRAND", "default")
BRANDS_DIR = env.folder("BRANDS_DIR", DATA_DIR / "brands")
BRAND_UPLOADS = DATA_DIR / "brands-uploaded"
BRAND_PLACES = [BRAND_UPLOADS, BASE_DIR / "brands", BRANDS_DIR]

# --- Media ------------------------------------------------------------------------------------------------

MEDIA_HOST = env.text("MEDIA_HOST", "0.0.0.0")  # noqa: S104 - media comes from everywhere, authenticated by DTLS
MEDIA_PORT = env.port("MEDIA_PORT", 50000)
MEDIA_PUBLIC_ADDRESS = env.address("MEDIA_PUBLIC_ADDRESS")
OWN_NAME = f"{lan.host_name()}:{MEDIA_PORT}"
SERVER_NAME = env.text("SERVER_NAME", OWN_NAME)
MAX_CONFERENCES = env.number("MAX_CONFERENCES", 1000, lowest=1, highest=100_000)
MAX_PARTICIPANTS = env.number("MAX_PARTICIPANTS", 100, lowest=2, highest=10_000)
MAX_MEETING_MINUTES = env.number("MAX_MEETING_MINUTES", 24 * 60, lowest=1, highest=7 * 24 * 60)
LONE_AFTER_SECONDS = env.number("LONE_AFTER_SECONDS", 10 * 60, lowest=1, highest=24 * 3600)

# --- Phones -----------------------------------------------------------------------------------------------

PHONE_COUNTRY = env.choice("PHONE_COUNTRY", "", ("", *sorted(phonenumbers.SUPPORTED_REGIONS)))
PHONE_SOUNDS = env.folder("PHONE_SOUNDS", DATA_DIR / "phone")

# --- Recordings -------------------------------------------------------------------------------------------

RECORDING_FREE_BYTES = 1024 * 1024 * env.number("RECORDING_FREE_MEGABYTES", 1024, lowest=0, highest=2**30)
RECORDINGS_RAW_DAYS = env.number("RECORDINGS_RAW_DAYS", 14, lowest=0, highest=3650)
RECORDINGS_FILM_SIZES = env.choices("RECORDINGS_FILM_SIZES", ["720p"], ["1080p", "720p", "360p"])
RECORDINGS_FILM_CHAT = env.flag("RECORDINGS_FILM_CHAT")
RECORDINGS_LIVE_SIZE = env.choice("RECORDINGS_LIVE_SIZE", "720p", ["1080p", "720p", "360p"])

# --- Recordings -------------------------------------------------------------------------------------------

RECORDINGS_RAW_DAYS = env.number("RECORDINGS_RAW_DAYS", 14, lowest=0, highest=3650)

# --- Rows, messages between processes, work that outlives a request ---------------------------------------

DATABASE_URL_DEFAULT = f"sqlite:///{DATA_DIR / 'meetingserver.sqlite3'}"
DATABASES = {"default": env.database("DATABASE_URL", DATABASE_URL_DEFAULT)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", "", schemes=("redis", "rediss", "unix"))
if REDIS_URL:
    # Without "socket_timeout": None a subscription that hears nothing is cut (django/channels_redis #422).
    REDIS_HOST = {"address": REDIS_URL, "socket_timeout": None}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_HOST]},
        }
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMBEDDED_WORKER = env.flag("EMBEDDED_WORKER", default=not REDIS_URL)
CELERY_FOLDER = DATA_DIR / "celery"
CELERY_BROKER_URL = REDIS_URL or "folder://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # Redis gives a task to a second worker when it is not done after this time: longer than any piece.
    {"visibility_timeout": 12 * 3600}
    if REDIS_URL
    else {
        "data_folder_in": CELERY_FOLDER / "queue",
        "data_folder_out": CELERY_FOLDER / "queue",
    }
)
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "billing.deliver": {"queue": "billing"},
    "recording.stream_live": {"queue": "streaming"},
    "recording.look_after_live": {"queue": "default"},
    "recording.*": {"queue": "recording"},
}
CELERY_BEAT_SCHEDULE = {
    "clear sessions": {"task": "meetingserver.clear_sessions", "schedule": 24 * 3600.0},
    "look after documents": {"task": "conferences.look_after_documents", "schedule": 60.0},
    "sweep chat files": {"task": "conferences.sweep_chat_files", "schedule": 24 * 3600.0},
    "look after recordings": {"task": "recording.look_after", "schedule": 20.0},
    "look after minutes of recordings": {"task": "recording.look_after_minutes", "schedule": 30.0},
    "look after films": {"task": "recording.look_after_programs", "schedule": 60.0},
    "look after live recordings": {"task": "recording.look_after_live", "schedule": 10.0},
    "ship recordings": {"task": "recording.ship", "schedule": 20.0},
    "forget what was captured": {"task": "recording.forget_raw", "schedule": 24 * 3600.0},
    "forget the audit log": {"task": "auth_gateway.forget", "schedule": 24 * 3600.0},
    "sweep documents": {"task": "conferences.sweep_documents", "schedule": 24 * 3600.0},
    "warn of the end of recordings": {"task": "recording.warn", "schedule": 3600.0},
    "expire recordings": {"task": "recording.expire", "schedule": 3600.0},
    "forget names that were said": {"task": "bridges.forget_names", "schedule": 3600.0},
    "reconcile calls": {"task": "bridges.reconcile", "schedule": 60.0},
    "sweep recordings": {"task": "recording.sweep", "schedule": 600.0},
    "bill conferences that ended": {"task": "billing.look_after", "schedule": 60.0},
    "bill conferences that ended long ago": {"task": "billing.look_back", "schedule": 6 * 3600.0},
    "bill recordings": {"task": "meetingserver.bill_recordings", "schedule": 300.0},
    "bill days": {"task": "meetingserver.bill_days", "schedule": 6 * 3600.0},
    "look after billing deliveries": {"task": "billing.look_after_deliveries", "schedule": 10.0},
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# --- The Django project -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "meetingserver",
    "streaming",
    "recording",
    "billing",
    "bridges",
    "conferences",
    "auth_gateway",
    "channels",
    "django.contrib.admin.apps.SimpleAdminConfig",  # its pages are loaded with all pages: workers have none
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    *(["meetingserver.middleware.fresh_texts"] if DEBUG else []),
    "meetingserver.middleware.request_log",
    "meetingserver.middleware.response_policy",
    "meetingserver.branding.middleware.brand_of_request",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "meetingserver.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "meetingserver.urls"
ASGI_APPLICATION = "meetingserver.asgi.application"
TEMPLATES = [
    {
        "NAME": "django",
        "BACKEND": "meetingserver.branding.backend.BrandedTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # So that an error says in which file it is, to admins; nobody else sees it.
            "debug": True,
            "loaders": [
                (
                    "meetingserver.branding.loader.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "auth_gateway.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "auth_gateway:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = languages.SOURCE
CATALOGUES = BASE_DIR / "locale"
COMPILED_CATALOGUES = DATA_DIR / "locale"
PSEUDO_LANGUAGES = env.flag("PSEUDO_LANGUAGES", default=DEBUG)
LANGUAGES = languages.offered(CATALOGUES) + (pseudo.LANGUAGES if PSEUDO_LANGUAGES else [])
LOCALE_PATHS = [CATALOGUES, COMPILED_CATALOGUES]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if DEBUG else HASHED_STATIC},
    "recordings": env.storage("RECORDINGS_STORAGE_URL", folder=DATA_DIR / "recordings"),
}
WHITENOISE_USE_FINDERS = DEBUG
SENDFILE = env.choice("SENDFILE", "", ("", "nginx", "apache"))
RECORDINGS_ORIGINS = env.words("RECORDINGS_ORIGINS")

# --- Security ---------------------------------------------------------------------------------------------

SECURE = PUBLIC_URL.startswith("https://")
EMBED_ORIGINS = env.words("EMBED_ORIGINS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A page inside somebody else's page gets its cookies only with "None", and browsers want HTTPS for that.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "None" if EMBED_ORIGINS and SECURE else "Lax"
LANGUAGE_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 0, lowest=0, highest=63_072_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 1024 * 1024 * env.number("UPLOAD_MAX_MEGABYTES", 64, lowest=1, highest=4096)
CHAT_FILE_MAX_BYTES = 1024 * 1024 * env.number("CHAT_FILE_MAX_MEGABYTES", 20, lowest=1, highest=4096)
CHAT_FILES_PER_PERSON = env.number("CHAT_FILES_PER_PERSON", 50, lowest=0, highest=100_000)
CHAT_FILES_PER_CONFERENCE = env.number("CHAT_FILES_PER_CONFERENCE", 500, lowest=0, highest=1_000_000)
CHAT_FILE_TYPES_KNOWN = ("image", "pdf", "office", "text", "audio", "video", "archive", "other")
CHAT_FILE_TYPES = env.choices("CHAT_FILE_TYPES", CHAT_FILE_TYPES_KNOWN[:-1], CHAT_FILE_TYPES_KNOWN)

RECORDINGS_PER_HOST_GIGABYTES = env.number("RECORDINGS_PER_HOST_GIGABYTES", 0, lowest=0, highest=1_000_000)

# --- Who vouches for people beside our own table; what is kept of what they did ---------------------------

AUTH_GATEWAY: Gateway | None = sign_in.gateway(
    file=env.text("AUTH_GATEWAY_FILE"),
    url=env.text("AUTH_GATEWAY_URL"),
    secret=env.text("AUTH_GATEWAY_SECRET"),
)
OIDC_RP_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
OIDC_ISSUER = env.url("OIDC_ISSUER", "", schemes=("http", "https"))
OIDC_OP_AUTHORIZATION_ENDPOINT = env.url("OIDC_AUTHORIZATION_URL", "", schemes=("http", "https"))
OIDC_OP_TOKEN_ENDPOINT = env.url("OIDC_TOKEN_URL", "", schemes=("http", "https"))
OIDC_OP_USER_ENDPOINT = env.url("OIDC_USERINFO_URL", "", schemes=("http", "https"))
OIDC_OP_JWKS_ENDPOINT = env.url("OIDC_KEYS_URL", "", schemes=("http", "https"))
OIDC_ROLE = env.choice("OIDC_ROLE", "host", ("host", "presenter", "guest"))
OIDC_ACCOUNT_CLAIM = env.text("OIDC_ACCOUNT_CLAIM")
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid email profile"
OIDC_TIMEOUT = 5
OIDC_USE_PKCE = True
OIDC_AUTHENTICATION_CALLBACK_URL = "auth_gateway:openid_callback"
LOGIN_REDIRECT_URL_FAILURE = "/accounts/sign-in/?refused=1"
AUTHENTICATION_BACKENDS = [
    "auth_gateway.backends.OwnBackend",
    *(["auth_gateway.openid.OpenIdBackend"] if OIDC_RP_CLIENT_ID else []),
]
AUDIT_DAYS = env.number("AUDIT_DAYS", 365, lowest=0, highest=36_500)
AUDIT_ADDRESSES = env.choice("AUDIT_ADDRESSES", "truncated", ("full", "truncated", "hashed", "none"))

# --- Billing ----------------------------------------------------------------------------------------------

BILLING: Mappings = billed.mappings(file=env.text("BILLING_MAPPING"))
BILLING_TARGETS = list(BILLING.targets)

# --- E-mail: off without a host ---------------------------------------------------------------------------

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_SECURITY = env.choice("EMAIL_SECURITY", "starttls", ("none", "starttls", "tls"))
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
EMAIL_PORT = env.port("EMAIL_PORT", {"none": 25, "starttls": 587, "tls": 465}[EMAIL_SECURITY])
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_TIMEOUT = 30
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"meetings@{PUBLIC_HOST}")

# --- Operations -------------------------------------------------------------------------------------------

FIRST_ACCOUNT_USER = env.text("MEETINGSERVER_ADMIN_USER", "admin")
FIRST_ACCOUNT_PASSWORD = env.text("MEETINGSERVER_ADMIN_PASSWORD")
METRICS_ALLOWED = env.networks("METRICS_ALLOWED", ["127.0.0.0/8", "::1/128"])
METRICS_TOKEN = env.text("METRICS_TOKEN")
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env.choice("LOG_FORMAT", "console", ("console", "json"))
LOGGING = logs.configuration(LOG_LEVEL, LOG_FORMAT)
