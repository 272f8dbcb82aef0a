"""The worker that sets documents: warm, alone with its folder, killed where it takes too long."""

import atexit
import json
import os
import selectors
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO, Any, Literal

TIME_LIMIT = 10.0
# More than a contract of sixty pages with its attachments.
MOST_ANSWER = 200_000_000
# Typst can fetch packages: not from here, where every proxy is a port that nobody listens on.
NO_NETWORK = dict.fromkeys(
    (name for stem in ("http_proxy", "https_proxy", "all_proxy") for name in (stem, stem.upper())), "http://127.0.0.1:9"
)

Code = Literal["too_long", "too_slow", "failed"]


class CannotTypeset(Exception):
    """`code`: too_long (more than may be set), too_slow (not done in time), failed."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class _Gone(Exception):
    """An idle worker had left: nothing of the job was done."""


class _Worker:
    """One process at a time, whichever thread asks; where it is gone, the next job starts another one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""

    def ask(self, job: dict[str, Any]) -> dict[str, Any]:
        data = json.dumps(job).encode()
        with self._lock:
            for _attempt in range(2):
                try:
                    return self._ask(data)
                except _Gone:
                    self.stop()
        raise CannotTypeset("failed")

    def _ask(self, data: bytes) -> dict[str, Any]:
        source, sink = self._pipes()
        try:
            _write(sink, struct.pack(">Q", len(data)) + data)
        except BrokenPipeError as error:
            raise _Gone from error
        deadline = time.monotonic() + TIME_LIMIT
        (length,) = struct.unpack(">Q", self._read(source, 8, deadline))
        if length > MOST_ANSWER:
            self.stop()
            raise CannotTypeset("too_long")
        answer: dict[str, Any] = json.loads(self._read(source, length, deadline))
        if "error" in answer:
            raise CannotTypeset(answer["error"])
        return answer

    def _read(self, source: IO[bytes], length: int, deadline: float) -> bytes:
        data = bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(source, selectors.EVENT_READ)
            while len(data) < length:
                if not waiting.select(max(deadline - time.monotonic(), 0)):
                    self.stop()
                    raise CannotTypeset("too_slow")
                piece = os.read(source.fileno(), min(length - len(data), 1 << 20))
                if not piece:
                    raise self._ended()
                data += piece
        return bytes(data)

    def _ended(self) -> Exception:
        """What the end of its answers means: it left of its own accord, or this job was its death."""
        assert self._process  # noqa: S101 (it was just read from)
        try:
            left = self._process.wait(timeout=1) == 0
        except subprocess.TimeoutExpired:
            left = False
        self.stop()
        return _Gone() if left else CannotTypeset("failed")

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._folder = tempfile.mkdtemp(prefix="rendezvous-press-")
            self._process = subprocess.Popen(  # noqa: S603 (this very program)
                [sys.executable, "-m", "rendezvous.agreements.typesetting.worker", self._folder],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                env={"PATH": "", "PYTHONPATH": os.pathsep.join(sys.path), **NO_NETWORK},
                start_new_session=True,
            )
        assert self._process.stdout and self._process.stdin  # noqa: S101, PT018 (pipes, as asked for)
        return self._process.stdout, self._process.stdin

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """After a fork: the worker, its lock and its folder are the parent's."""
        if self._process:
            self._process.returncode = 0  # no child of this process: nothing to wait for
        self.__init__()  # type: ignore[misc]


def _write(sink: IO[bytes], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[sink.write(left) :]


_worker = _Worker()
atexit.register(_worker.stop)
os.register_at_fork(after_in_child=_worker.forget)


def ask(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's answer to one job. `CannotTypeset` where it fails, or is not done in time."""
    return _worker.ask(job)


def rest() -> None:
    """Lets the worker go where no more is to be set for a while; the next job starts another one."""
    _worker.stop()
