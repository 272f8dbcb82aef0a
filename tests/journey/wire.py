"""The network between a phone and the desk, which can be cut in the middle of a word and mended."""

import contextlib
import socket
import threading

from tests.installation import free_port


class Wire:
    """Carries what comes to its own port to the port of the desk."""

    def __init__(self):
        self.port, self.desk = free_port(), None
        self.address = f"http://localhost:{self.port}"
        self._listener, self._ends = None, set()

    def mend(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def cut(self):
        for end in (self._listener, *self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _listen(self, listener):
        with contextlib.suppress(OSError):
            while True:
                phone, _address = listener.accept()
                desk = socket.create_connection(("127.0.0.1", self.desk))
                self._ends |= {phone, desk}
                for one, other in ((phone, desk), (desk, phone)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one, other):
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            self._ends.discard(end)
