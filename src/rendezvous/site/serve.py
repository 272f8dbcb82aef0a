"""`rdv serve`: sets up on first use, then serves the site and its background work."""

import hashlib
import multiprocessing
import os
import socket
from pathlib import Path

from rendezvous.site import options
from rendezvous.site.options import SettingError
from rendezvous.site.paths import open_data_folder

SERVED = "rendezvous.site.wsgi:application"
# Each thread has its own connection; beyond these, requests wait a moment for their turn.
THREADS = min(8, 2 * multiprocessing.cpu_count() + 1)


def prepare(*, demo: bool = False) -> None:
    """The data folder, the database and the static files, made or brought up to date. Django is ready after that."""
    # Before the settings: they read the secret key, and every link that is made rests on it.
    open_data_folder(Path(str(options.load()["data_dir"].value)).expanduser())
    start_django()
    migrate()
    collect_static()
    if demo:
        from rendezvous.site.demo.build import build_demo  # the demo's words are needed for nothing else

        build_demo()


def start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rendezvous.site.settings")
    django.setup()


def migrate() -> None:
    """Brings the database up to date, where it is not."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        reason = " ".join(str(error).split()).rstrip(".?")
        raise SettingError(f"The database of RDV_DATABASE_URL cannot be used: {reason}.") from error


def collect_static() -> None:
    """Copies the static files to the data folder, compressed and named by content, when they have changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = sorted(storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    state = hashlib.sha256(
        "\n".join(f"{name} {Path(name).stat().st_mtime_ns} {Path(name).stat().st_size}" for name in files).encode()
    ).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".state"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state, encoding="ascii")


def welcome(*, demo: bool) -> list[str]:
    """The lines that tell the owner where to go."""
    from django.conf import settings

    from rendezvous.practice import one_time
    from rendezvous.practice.models import OneTimeLink, Practice

    lines = [f"Rendez-vous: {settings.BASE_URL}/"]
    if demo:
        from rendezvous.site.demo.build import demo_login  # the demo's words are needed for nothing else

        email, password = demo_login()
        lines += [f"Desk:        {settings.BASE_URL}/bureau/", f"Login:       {email}   {password}"]
    elif not Practice.objects.exists():
        token = one_time.make(OneTimeLink.Purpose.SETUP)
        lines += ["Open this link once to begin:", f"  {settings.BASE_URL}/premiers-pas/{token}/"]
    else:
        lines += [f"Desk:        {settings.BASE_URL}/bureau/"]
    if not settings.OPTIONS["smtp_host"]:
        lines += ["No mail server is set (RDV_SMTP_HOST): mail is kept, and readable under « Envois »."]
    return [*lines, "Stop with Ctrl-C."]


def check_port(host: str, port: int) -> None:
    """Says before anything starts that the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingError(
                f"The settings RDV_HOST and RDV_PORT name {host}:{port}, which cannot be listened on: {reason}."
            ) from None


def serve(*, demo: bool = False) -> None:
    """Serves until it is told to stop."""
    asked = {name: value.value for name, value in options.load().items()}
    host, port, workers = str(asked["host"]), int(str(asked["port"])), int(str(asked["workers"]))
    check_port(host, port)
    prepare(demo=demo)
    for line in welcome(demo=demo):
        print(line, flush=True)
    _run(host, port, workers)


def _run(host: str, port: int, workers: int) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from rendezvous.site.worker import Background

    connections.close_all()
    multiprocessing.set_start_method("spawn")
    background = Background()
    server = Granian(
        SERVED,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    )
    server.on_startup(background.start)
    server.on_shutdown(background.stop)
    server.serve()
