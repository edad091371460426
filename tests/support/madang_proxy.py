# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP proxy between client and server that can be told to misbehave.

It runs in its own threads and speaks no HTTP but for recognising the start of a request.
"""

import socket
import threading

PORTAL_PAGE = b"<html><body>\xeb\xa1\x9c\xea\xb7\xb8\xec\x9d\xb8</body></html>"


class Proxy:
    """Forwards to `target` (host, port). `mode` may change at any time:

    pass         forward
    cut          refuse new connections and close the open ones
    portal       answer everything with a web page, as a captive portal does
    """

    def __init__(self, target):
        self.target = target
        self.mode = "pass"
        self.lose_replies_to = None  # (bytes, count): e.g. (b"POST /sync/v1/push", 1)
        self.lost = 0
        self._lock = threading.Lock()
        self._open = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def cut(self):
        self.mode = "cut"
        with self._lock:
            for connection in list(self._open):
                _close(connection)

    def heal(self):
        self.mode = "pass"

    def lose_next_reply(self, request_start, count=1):
        """The request reaches the server, its answer does not reach the client."""
        self.lose_replies_to = (request_start, count)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        if self.mode == "cut":
            _close(client)
        elif self.mode == "portal":
            _answer_as_portal(client)
        else:
            self._forward(client)

    def _forward(self, client):
        try:
            server = socket.create_connection(self.target)
        except OSError:
            _close(client)
            return
        with self._lock:
            self._open |= {client, server}
        state = {"losing": False}
        up = threading.Thread(target=self._pump_up, args=(client, server, state), daemon=True)
        up.start()
        self._pump_down(server, client, state)
        with self._lock:
            self._open -= {client, server}

    def _pump_up(self, client, server, state):
        try:
            while data := client.recv(65536):
                if self.mode == "portal":
                    break
                self._look_for_loss(data, state)
                server.sendall(data)
        except OSError:
            pass
        finally:
            if not state["losing"]:
                _close(server)
                _close(client)

    def _look_for_loss(self, data, state):
        with self._lock:
            if self.lose_replies_to and data.startswith(self.lose_replies_to[0]):
                start, count = self.lose_replies_to
                self.lose_replies_to = (start, count - 1) if count > 1 else None
                state["losing"] = True

    def _pump_down(self, server, client, state):
        try:
            while data := server.recv(65536):
                if state["losing"]:
                    self.lost += 1
                    break
                client.sendall(data)
        except OSError:
            pass
        finally:
            _close(client)
            _close(server)


def _answer_as_portal(client):
    try:
        client.recv(65536)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                       b"Content-Length: %d\r\n\r\n" % len(PORTAL_PAGE) + PORTAL_PAGE)
    except OSError:
        pass
    finally:
        _close(client)


def _close(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
