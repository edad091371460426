# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire as src/protocol/README.md describes it, written anew in Python: shares no code with
the programs, so that the two check each other."""

import hashlib
import http.client
import json
import os
import time
import uuid

import nacl.signing

PROTOCOL = "1"
SCHEMA = "1"


def new_id():
    """UUIDv7."""
    stamp = int(time.time() * 1000).to_bytes(6, "big")
    rest = bytearray(os.urandom(10))
    rest[0] = 0x70 | (rest[0] & 0x0F)
    rest[2] = 0x80 | (rest[2] & 0x3F)
    return str(uuid.UUID(bytes=stamp + bytes(rest)))


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def lines(self):
        return [json.loads(line) for line in self.body.splitlines()]


class Device:
    """One signed-in installation."""

    def __init__(self, port):
        self.port = port
        self.device = new_id()
        self.key = nacl.signing.SigningKey.generate()
        self.token = None
        self.number = 0

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=70)
        send = {"Madang-Protocol": PROTOCOL, "Madang-Schema": SCHEMA, "Madang-Device": self.device}
        if self.token:
            send["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            send["Content-Type"] = "application/json"
        send.update(headers or {})
        connection.request(method, path, body, send)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def sign_in(self, login, password):
        answer = self.call("POST", "/sync/v1/sessions", canonical({
            "login": login, "password": password, "device": self.device,
            "public_key": self.key.verify_key.encode().hex()}))
        assert answer.status == 201, (login, answer.status, answer.body)
        self.token = answer.json()["token"]
        return answer.json()

    def hello(self):
        return self.call("GET", "/sync/v1/hello").json()

    def pull(self):
        """Everything that this account may follow, from the beginning: (id, part) -> line."""
        scopes = self.hello()["scopes"]
        answer = self.call("POST", "/sync/v1/pull", canonical({"have": {s: "" for s in scopes}, "page": 1000}))
        if answer.status == 204:
            return {}
        assert answer.status == 200, answer.body
        return {(line["id"], line["part"]): line for line in answer.lines() if line["t"] == "put"}

    def mutation(self, operation, kind, record, **more):
        body = {"at": int(time.time() * 1000), "base": [0, 0], "id": record, "kind": kind,
                "mid": new_id(), "op": operation, "schema": int(SCHEMA)}
        body.update(more)
        return body

    def push_bytes(self, bodies):
        lines = [canonical({"device": self.device, "seen": 0})]
        for number, body in enumerate(bodies, self.number + 1):
            lines.append(canonical({"n": number, "sig": self.key.sign(body).signature.hex()}))
            lines.append(body)
        return b"\n".join(lines) + b"\n"

    def push(self, *mutations):
        """The results, in order."""
        bodies = [canonical(mutation) for mutation in mutations]
        answer = self.call("POST", "/sync/v1/push", self.push_bytes(bodies))
        assert answer.status == 200, (answer.status, answer.body)
        self.number += len(bodies)
        return answer.json()["results"]


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_value(value):
    if isinstance(value, bool):
        return b"b1;" if value else b"b0;"
    if isinstance(value, int):
        return b"x%d;" % value
    if isinstance(value, str):
        data = value.encode()
        return b"s%d:%b" % (len(data), data)
    if isinstance(value, list):
        children = sorted(canonical_value(child) for child in value)
    else:
        children = sorted(b"[2:%b%b]" % (canonical_value(name), canonical_value(member))
                          for name, member in value.items())
    return b"[%d:%b]" % (len(children), b"".join(children))


def seen_digest(kind, record, state, docs):
    """docs: the main part and the personal part, None where it may not be seen."""
    text = f"madang-record-1\n{kind}\n{record}\n{state}\n".encode()
    for number, doc in enumerate(docs):
        if doc is None:
            continue
        text += b"part %d\n" % number
        for name in sorted(doc, key=str.encode):
            text += name.encode() + b"=" + canonical_value(doc[name]) + b"\n"
    return hashlib.sha256(text).hexdigest()
