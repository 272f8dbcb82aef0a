"""The site's settings for tests: a data folder of their own, quick passwords, files found where they are written."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("RDV_") and name != "RDV_DATABASE_URL"]:
    del os.environ[_name]
os.environ["RDV_DATA_DIR"] = tempfile.mkdtemp(prefix="rendezvous-tests-")
atexit.register(shutil.rmtree, os.environ["RDV_DATA_DIR"], ignore_errors=True)

from rendezvous.site.settings import *  # noqa: E402, F403 (the environment comes first)
from rendezvous.site.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

SECRET_KEY = "only for tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
(Path(DATA_DIR) / "static").mkdir()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: threads share it, and wait for each other as they would.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
