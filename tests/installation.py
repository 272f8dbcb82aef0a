"""An installation of its own: the real `rdv` command, in a data folder that goes with the test."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

RDV = Path(sys.executable).with_name("rdv")
START_SECONDS = 90


def environment(folder, **settings):
    """The environment of an installation in that folder; nothing of ours leaks into it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("RDV_", "DJANGO_"))}
    return {
        **clean,
        "RDV_DATA_DIR": str(folder),
        **{f"RDV_{name.upper()}": str(value) for name, value in settings.items()},
    }


def rdv(folder, *words, data=b"", **settings):
    """Runs one subcommand to its end."""
    return subprocess.run(
        [RDV, *words],
        input=data,
        capture_output=True,
        env=environment(folder, **settings),
        timeout=START_SECONDS,
        check=False,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder, *words, **settings):
    """`rdv serve`, until the block ends: its address and what it printed."""
    port = free_port()
    settings = {"base_url": f"http://localhost:{port}", **settings}
    log = Path(folder).with_suffix(".log")
    with log.open("wb") as out:
        server = subprocess.Popen(
            [RDV, "serve", "--port", str(port), *words],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment(folder, **settings),
        )
    try:
        wait_for(f"http://localhost:{port}/", server, log)
        yield f"http://localhost:{port}", log.read_text()
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(5)


def wait_for(address, server, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
        except URLError as error:
            if getattr(error, "code", None):  # it answers, whatever it answers
                error.close()
                return
        except OSError:
            pass
        else:
            return
        time.sleep(0.1)
    raise RuntimeError(f"rdv serve did not start:\n{log.read_text()}")


def link_in(printed, path):
    """The path of the one-time link that was printed."""
    return re.search(rf"/{path}/[\w-]+/", printed)[0]
