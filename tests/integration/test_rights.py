#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every cell of tests/fixtures/rights-table.tsv against a running server, over the wire.

    test_rights.py SERVER ROOT
"""

import pathlib
import re
import subprocess
import sys
import tempfile

SERVER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "tests" / "support"))
import madang_desktop  # noqa: E402
import madang_wire  # noqa: E402
from madang_wire import Device, new_id, seen_digest  # noqa: E402

ROLES = {  # column: (role, scope word, has an agency)
    "co": ("city_coordinator", "programme", False),
    "ap": ("city_approver", "programme", False),
    "of": ("agency_officer", "agency", False),
    "de": ("department_answerer", "dept", True),
    "re": ("reviewer", "round", False),
    "ex": ("tf_expert", "tf", False),
    "pa": ("panel_member", "panel", False),
    "fa": ("facilitator", "event", False),
    "ve": ("vendor_operator", "contract", False),
    "an": ("analyst", "forum", False),
    "au": ("auditor", "programme", False),
    "ad": ("system_admin", "server", False),
}
ENDPOINTS = {("POST", "/sync/v1/sessions"), ("DELETE", "/sync/v1/sessions/current"), ("GET", "/sync/v1/hello"),
             ("POST", "/sync/v1/pull"), ("POST", "/sync/v1/push")}
PASSWORD = "긴 시험용 비밀번호 하나"
REFUSALS = {"right.none", "right.ended", "right.state", "state.event", "record.missing"}
FORM = {
    "dept_name": "기획예산과", "officer_name": "견본 김담당", "phone": "02-120", "email": "sample@example.com",
    "direction": "함께 만드는 플랫폼", "op_and_use": "운영 내용", "plan": "운영 계획", "page_request": "yes",
    "link_request": "no", "head_pledge": "yes", "dedicated_staff": "no", "signed_on": "2020-03-09", "signer": "견본구",
}


class World:
    """A running server, one signed-in device a role, and records in every state."""

    def __init__(self, folder):
        self.server = madang_desktop.Server(SERVER, pathlib.Path(folder) / "server")
        self.database = next(self.server.directory.glob("*.db"))
        self.failures = []
        self.cells = 0
        self.years = iter(range(2021, 2100))
        self.root = self.sign_in_sample("system_admin")
        self.coordinator = self.sign_in_sample("city_coordinator")
        districts = sorted(line["id"] for line in self.coordinator.pull().values()
                           if line["kind"] == "agency" and line["doc"].get("kind") == "district")
        self.own, self.other = districts[0], districts[1]
        self.devices = {column: self.add_account(column, *ROLES[column], self.own) for column in ROLES}
        self.other_officer = self.add_account("other", "agency_officer", "agency", False, self.other)
        line = next(line for line in self.coordinator.pull().values() if line["kind"] == "programme")
        self.template, self.programme = line["doc"], line["id"]

    def sign_in_sample(self, role):
        login = {"system_admin": "admin", "city_coordinator": "coordinator"}[role]
        return self.sign_in(login, self.server.accounts()[login]["password"])

    def sign_in(self, login, password):
        device = Device(self.server.port)
        device.account = device.sign_in(login, password)["account"]
        return device

    def add_account(self, name, role, word, has_agency, agency):
        scope = word if word in ("programme", "server") else f"{word}:{agency if word == 'agency' else new_id()}"
        login = f"cell-{name}"
        command = [SERVER, "account", "add", "--database", str(self.database), "--login", login, "--name", "견본",
                   "--role", "auditor", "--from", "2020-01-01", "--to", "2020-12-31"]
        subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, capture_output=True)
        device = self.sign_in(login, PASSWORD)
        self.exchange_grant(device.account, role, scope, agency if has_agency or word == "agency" else None)
        return device

    def exchange_grant(self, account, role, scope, agency):
        """The command line gives the common roles only: the administrator gives this one over the wire."""
        grant = next(line for line in self.root.pull().values()
                     if line["kind"] == "role_grant" and line["doc"]["account"] == account)
        values = {"account": account, "role": role, "scope": scope, "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
        values.update({"agency": agency} if agency else {})
        self.must(self.root, self.create(self.root, "role_grant", values, "server"),
                  self.event(self.root, "revoke", {"kind": "role_grant", "id": grant["id"], "state": grant["state"],
                                                   "docs": [grant["doc"], None], "v": [grant["v"], 0]}))

    # --- records -----------------------------------------------------------------------------

    def must(self, device, *mutations):
        results = device.push(*mutations)
        for result in results:
            assert result["outcome"] in ("applied", "merged"), result
        return results[-1]

    def create(self, device, kind, values, scope, record=None):
        record = record or new_id()
        edits = [[name, None, value] for name, value in values.items()]
        return device.mutation("create", kind, record, edits=edits, scope=scope)

    def make_programme(self, state):
        values = {**self.template, "year": next(self.years)}
        mutation = self.create(self.devices["co"], "programme", values, "programme")
        result = self.must(self.devices["co"], mutation)
        if state in ("call_open", "call_closed"):
            result = self.must(self.devices["ap"], self.event(self.devices["ap"], "open_call", result))
        if state == "call_closed":
            result = self.must(self.devices["co"], self.event(self.devices["co"], "close_call", result))
        return result

    def event(self, device, name, result):
        docs = [doc for doc in result["docs"]]
        seen = seen_digest(result["kind"], result["id"], result["state"], docs)
        arguments = {"reason": "시험"} if name in ("withdraw", "close", "lock", "revoke") else {}
        if name == "hand_over":
            arguments = {"successor": self.coordinator.account}
        return device.mutation("event", result["kind"], result["id"], base=result["v"], event=name, seen=seen,
                               args=arguments)

    def make_application(self, whose, state):
        agency = self.own if whose == "own" else self.other
        officer = self.devices["of"] if whose == "own" else self.other_officer
        programme = self.make_programme("call_open")["id"]
        values = {**FORM, "programme": programme, "agency": agency}
        result = self.must(officer, self.create(officer, "application", values, f"agency:{agency}"))
        path = {"draft": [], "submitted": ["submit"], "received": ["submit", "receive"],
                "withdrawn": ["submit", "withdraw"]}[state]
        for name in path:
            actor = self.devices["co"] if name == "receive" else officer
            result = self.must(actor, self.event(actor, name, result))
        return result

    def make(self, kind, whose, state, column):
        """A record of the kind in that state; "own" and "other" as the column's role sees it."""
        coordinator = self.devices["co"]
        if kind == "application":
            return self.make_application(whose, state)
        if kind == "programme":
            return self.make_programme("draft" if state == "*" else state)
        if kind == "agency":
            return self.find(self.coordinator, self.own if whose == "own" else self.other)
        if kind in ("milestone", "person", "proposal_system", "system_observation"):
            values = self.values_of(kind, whose)
            return self.must(coordinator, self.create(coordinator, kind, values, self.home_of(kind, values)))
        account = self.devices[column].account if whose == "own" else self.other_officer.account
        if kind == "role_grant":
            values = {**self.values_of(kind, whose), "account": account}
            return self.must(self.root, self.create(self.root, kind, values, "server"))
        if whose == "own":
            return self.find(self.root, account)
        made = self.must(self.root, self.create(self.root, kind, self.values_of(kind, whose), "server"))
        return self.bring_account_to(made, state)

    def bring_account_to(self, made, state):
        for name in {"active": ["activate"], "locked": ["activate", "lock"], "closed": ["close"]}.get(state, []):
            made = self.must(self.root, self.event(self.root, name, made))
        return made

    def find(self, device, record):
        lines = [line for (found, _part), line in sorted(device.pull().items()) if found == record]
        docs = [next((line["doc"] for line in lines if line["part"] == part), None) for part in ("main", "personal")]
        versions = [next((line["v"] for line in lines if line["part"] == part), 0) for part in ("main", "personal")]
        return {"kind": lines[0]["kind"], "id": record, "state": lines[0]["state"], "docs": docs, "v": versions}

    def values_of(self, kind, whose):
        agency = self.own if whose == "own" else self.other
        if kind == "milestone":
            return {"programme": self.programme, "code": "survey", "planned_start": "2020-03-01", "planned_end": "2020-03-31"}
        if kind == "programme":
            return {**self.template, "year": next(self.years)}
        if kind == "agency":
            return {"name_ko": f"견본 기관 {new_id()}", "kind": "funded"}
        if kind == "proposal_system":
            return {"agency": agency, "name": "견본 제안함"}
        if kind == "system_observation":
            return {"agency": agency, "system": self.make("proposal_system", whose, "*", "co")["id"],
                    "observed_on": "2020-03-01", "source": "officer"}
        if kind == "person":
            return {"agency": agency, "kind": "staff", "name": "견본 이직원"}
        if kind == "account":
            return {"login": f"made-{new_id()[-12:]}", "name": "견본"}
        if kind == "role_grant":
            # A role that reads nothing, so that these grants open no door to the other rows.
            return {"account": self.other_officer.account, "role": "facilitator", "scope": f"event:{new_id()}",
                    "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
        return {**FORM, "programme": self.make_programme("call_open")["id"], "agency": agency}

    def home_of(self, kind, values):
        return {"programme": "programme", "milestone": "programme", "agency": "directory", "account": "server",
                "proposal_system": "directory", "system_observation": "directory",
                "role_grant": "server"}.get(kind) or f"agency:{values['agency']}"


    # --- cells -------------------------------------------------------------------------------

    def check(self, row, column, allowed):
        """Notes a failure when the server's answer is not the table's."""
        expected = row[column] == "y"
        self.cells += 1
        if allowed is not expected:
            self.failures.append(f"{row['kind']} {row['action']} {row['whose']} {row['state']} {ROLES[column][0]}: "
                                 f"the server says {'yes' if allowed else 'no'}")

    def check_read(self, row):
        part = "personal" if row["action"] == "read-personal" else "main"
        shared = row["kind"] not in ("account", "role_grant")
        record = self.make(row["kind"], row["whose"], row["state"], "co") if shared else None
        for column in ROLES:
            record = record if shared else self.make(row["kind"], row["whose"], row["state"], column)
            self.check(row, column, (record["id"], part) in self.devices[column].pull())

    def attempt(self, row, column, mutation):
        """Whether the server allowed it."""
        result = self.devices[column].push(mutation)[0]
        allowed = result["outcome"] in ("applied", "merged")
        if not allowed and result.get("code") not in REFUSALS:
            self.failures.append(f"{row['kind']} {row['action']} {ROLES[column][0]}: refused with {result.get('code')} "
                                 f"{result.get('args')}, which is no matter of rights")
        self.check(row, column, allowed)
        return allowed

    def check_on_records(self, row, build):
        """Every role tries build(column, record); what a refusal left untouched serves the next role."""
        record = None
        for column in ROLES:
            if record is None or row["kind"] in ("account", "role_grant"):
                record = self.make(row["kind"], row["whose"], row["state"], column)
            if self.attempt(row, column, build(column, record)):
                record = None

    def check_create(self, row):
        values = None
        for column in ROLES:
            values = values or self.values_of(row["kind"], row["whose"])
            if row["kind"] == "role_grant" and row["whose"] == "own":
                values = {**values, "account": self.devices[column].account}
            mutation = self.create(self.devices[column], row["kind"], values, self.home_of(row["kind"], values))
            if self.attempt(row, column, mutation):
                values = None

    def check_update(self, row):
        field = {"programme": "title", "milestone": "note", "agency": "name_en", "person": "org",
                 "proposal_system": "department", "system_observation": "note", "account": "name",
                 "role_grant": "valid_to", "application": "suggestions"}[row["kind"]]

        def build(column, record):
            value = "2020-12-30" if field == "valid_to" else f"바꾼 값 {self.cells}"
            edit = [field, (record["docs"][int(field == "name")] or {}).get(field), value]
            return self.devices[column].mutation("patch", row["kind"], record["id"], base=record["v"], edits=[edit])

        self.check_on_records(row, build)

    def check_event(self, row):
        name = row["action"].split(":")[1]

        def build(column, record):
            device = self.devices[column]
            personal = record["docs"][1] if (record["id"], "personal") in device.pull() else None
            return self.event(device, name, {**record, "docs": [record["docs"][0], personal]})

        self.check_on_records(row, build)

    def check_delete(self, row):
        for kind in ("programme", "milestone", "agency", "person", "account", "role_grant", "application",
                     "proposal_system", "system_observation"):
            state = "draft" if kind in ("programme", "application") else "*"

            def build(column, record):
                return self.devices[column].mutation("delete", record["kind"], record["id"], base=record["v"])

            self.check_on_records({**row, "kind": kind, "whose": "own", "state": state}, build)

    def check_row(self, row):
        action = row["action"].split(":")[0].split("-")[0]
        getattr(self, f"check_{action}")(row)

    # --- beyond the cells ----------------------------------------------------------------------

    def check_existence_is_not_told(self):
        """A record that one may not see and a record that is not there get the same answer."""
        hidden = self.make_application("other", "draft")["id"]
        stranger = self.devices["of"]
        answers = []
        for record in (hidden, new_id()):
            result = stranger.push(stranger.mutation("patch", "application", record, edits=[["plan", None, "엿보기"]]))[0]
            answers.append({name: value for name, value in result.items() if name not in ("n", "mid", "id")})
        if answers[0] != answers[1]:
            self.failures.append(f"a hidden record is told from a missing one: {answers}")

    def check_endpoints(self):
        """Only the declared endpoints answer; everything else is the same 404 or 405."""
        paths = sorted({path for _method, path in ENDPOINTS} | {
            "/", "/sync", "/sync/v1", "/sync/v2/hello", "/sync/v1/records", "/sync/v1/sessions", "/sync/v1/accounts", "/admin",
            "/metrics", "/demo/v1/clock", "/sync/v1/hello/", "/sync/v1/history", "/.well-known"})
        for path in paths:
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
                if (method, path) not in ENDPOINTS:
                    status = self.root.call(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None).status
                    if status not in (404, 405):
                        self.failures.append(f"{method} {path} answers {status}")
        for method, path in sorted(ENDPOINTS - {("POST", "/sync/v1/sessions")}):
            stranger = Device(self.server.port)
            if stranger.call(method, path, b"{}" if method == "POST" else None).status != 401:
                self.failures.append(f"{method} {path} answers without a session")


def read_table():
    with open(ROOT / "tests/fixtures/rights-table.tsv", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def find_holes(table):
    """Kinds, events and actions that the lock file knows and the table does not."""
    lock = (ROOT / "tests/fixtures/kinds.lock").read_text(encoding="utf-8")
    events = {tuple(found) for found in re.findall(r"^event (\w+)\.(\w+)", lock, re.M)}
    kinds = set(re.findall(r"^kind (\w+)", lock, re.M)) - {"conflict"}
    have = {(row["kind"], row["action"].split(":")[-1]) for row in table}
    wanted = {event for event in events if event[0] in kinds}
    wanted |= {(kind, action) for kind in kinds for action in ("read", "create", "update")}
    return sorted(wanted - have)


def main():
    madang_desktop.ensure_session_bus()
    table = read_table()
    with tempfile.TemporaryDirectory(prefix="madang-rights-") as folder:
        world = World(folder)
        for kind, what in find_holes(table):
            world.failures.append(f"the table has no row for {kind} {what}")
        for row in table:
            world.check_row(row)
        world.check_existence_is_not_told()
        world.check_endpoints()
        world.server.stop()
    print("\n".join(world.failures))
    print(f"{world.cells} cells, {len(world.failures)} wrong")
    return 1 if world.failures or world.cells < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
