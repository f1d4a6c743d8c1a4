"""Django's settings; what an operator may change is read in ``knobs``."""

from burgertop import __version__
from burgertop.foundation.keys import server_secret
from burgertop.web.knobs import database_of, read_knobs
from burgertop.web.paths import HERE

KNOBS = read_knobs()
for folder in (KNOBS.home, KNOBS.home / "media", KNOBS.home / "outbox", KNOBS.home / "scratch"):
    folder.mkdir(parents=True, exist_ok=True)

# The server itself -------------------------------------------------------------
VERSION = __version__
HOME = KNOBS.home
KEYS = KNOBS.home / "keys"
DEMO = KNOBS.is_demo
PUBLIC_URL = KNOBS.public_url
SMS_COMMAND = KNOBS.sms_command
DEBUG = KNOBS.is_debug
SECRET_KEY = KNOBS.secret_key or server_secret(KEYS)
ALLOWED_HOSTS = list(KNOBS.hosts)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ROOT_URLCONF = "burgertop.web.urls"
WSGI_APPLICATION = "burgertop.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database_of(KNOBS)}
DATABASES["default"]["CONN_MAX_AGE"] = 0 if KNOBS.database_url else None

INSTALLED_APPS = [
    "burgertop.web",
    "burgertop.foundation.record",
    "burgertop.foundation.trace",
    "burgertop.foundation.live",
    "burgertop.foundation.jobs",
    "burgertop.foundation.process",
    "burgertop.foundation.people",
    "burgertop.foundation.codes",
    "burgertop.foundation.post",
    "burgertop.foundation.files",
    "burgertop.foundation.ballotbox",
    "burgertop.foundation.draws",
    "burgertop.stages.consultation",
    "burgertop.stages.lottery",
    "burgertop.stages.summit",
    "burgertop.stages.panel",
    "burgertop.stages.report",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "burgertop.web.middleware.guard_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "burgertop.web.middleware.refuse_giants",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "burgertop.web.middleware.know_actor",
    "burgertop.web.standstill.refuse_while_frozen",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "burgertop.web.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "burgertop.web.templatetags.house",
                "burgertop.web.templatetags.sharing",
                "burgertop.web.templatetags.record",
                "burgertop.web.templatetags.features",
            ],
        },
    }
]
FORM_RENDERER = "burgertop.web.rendering.HouseRenderer"

# Languages and time --------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "bt_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = KNOBS.time_zone
FORMAT_MODULE_PATH = ["burgertop.web.formats"]

# Files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = KNOBS.home / "static"
STATICFILES_DIRS = [HERE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = KNOBS.home / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
MOST_BODY_BYTES = 24 * 1024 * 1024  # a file of 20 MB, and the form around it
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# Who is who ----------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "burgertop.web.signing_in.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = KNOBS.is_demo or KNOBS.is_debug
MFA_TOTP_ISSUER = "Burgertop"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "burgertop.web.views.errors.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Safety ----------------------------------------------------------------------------
IS_HTTPS = PUBLIC_URL.startswith("https://")
IS_BEHIND_PROXY = KNOBS.is_behind_proxy
SESSION_COOKIE_NAME = "bt_session"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "bt_csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "burgertop.web.views.errors.stale_form"
# A hall gives its name back in the evening: no browser may insist on encryption there for a year.
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS and not KNOBS.certificate else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Mail, work, words -----------------------------------------------------------------
EMAIL_BACKEND = "burgertop.foundation.post.backend.OutboxBackend"
MAIL_URL = KNOBS.mail_url
DEFAULT_FROM_EMAIL = KNOBS.mail_from
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "no_addresses": {"()": "burgertop.web.logs.WithoutPersonalData"},
        "no_waiting": {"()": "burgertop.web.logs.WithoutWaiting"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_waiting", "no_addresses"]},
    },
    "root": {"handlers": ["console"], "level": KNOBS.log_level},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
