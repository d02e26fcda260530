"""Settings of the tests: the product's own, in a home of their own, with a quick password hasher."""

import os
import tempfile

os.environ.setdefault("SAMENHANG_HOME", tempfile.mkdtemp(prefix="samenhang-tests-"))
os.environ.setdefault("SAMENHANG_LOCK_TIMEOUT", "2")

from samenhang.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Most tests are about other things; those of signing in switch it on, as it always is in an installation.
SECOND_FACTOR_REQUIRED = False
STORED_IN = "NL"
EVEN_SECONDS = 0.0
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# A file, because locks and full disks are tested for real; nothing is kept, so the disk need not follow.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405
    )
