"""A practice in a database of its own, for the benchmarks that need one. Prints nothing itself."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))


def open_practice():
    """Sets up Django on an empty database (a temporary folder, or RDV_DATABASE_URL) and returns Maud's practice."""
    os.environ["RDV_DATA_DIR"] = tempfile.mkdtemp(prefix="rendezvous-bench-")
    os.environ["RDV_LOG_LEVEL"] = "error"
    from rendezvous.site.serve import prepare

    prepare()
    from rendezvous.practice.setting_up import set_up

    return set_up("Maud Estève", "maud@esteve.example", "une phrase assez longue").practice


def engine():
    from django.db import connection

    return connection.vendor
