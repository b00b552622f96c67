"""The server's settings, as tests want them: nothing is written outside a temporary folder, and nothing is
slow."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="meetingserver-tests-"))  # noqa: TID251 - before settings
os.environ.setdefault("SECRET_KEY", "only tests know this key")  # noqa: TID251 - before settings

from meetingserver.settings import *  # noqa: F403 - the point of this file

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - from the settings
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "recordings": STORAGES["recordings"],  # noqa: F405 - from the settings
}
CELERY_TASK_ALWAYS_EAGER = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - from the settings
    # A real file: in memory, threads would not wait for each other as they do in the server.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "tests.sqlite3"}  # noqa: F405 - from the settings
