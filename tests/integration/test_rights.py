#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every cell of tests/fixtures/rights-table.tsv against a running server, over the wire.

    test_rights.py SERVER ROOT
"""

import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import uuid

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
             ("POST", "/sync/v1/pull"), ("POST", "/sync/v1/push"), ("POST", "/sync/v1/history")}
PASSWORD = "긴 시험용 비밀번호 하나"
# Then two that say of a state, in words of their own, that an event does not belong to it; and that only events write a value.
REFUSALS = {"right.none", "right.ended", "right.state", "right.field", "state.event", "record.missing", "call.closed",
            "late.not-paper", "merge.refused"}
# What is done to a record, each by whom, to bring it from its birth to a state.
PATHS = {
    "programme": {"call_open": ["open_call"], "call_closed": ["open_call", "close_call"]},
    "application": {"submitted": ["submit"], "received": ["submit", "receive"],
                    "supplement": ["submit", "receive", "request_supplement"], "withdrawn": ["submit", "withdraw"]},
    "late": {"late_entry": ["enter_late"], "refused": ["enter_late", "refuse_late"]},
    "accepted": {"submitted": ["enter_late", "accept_late"]},
}
ACTORS = {"open_call": "ap", "close_call": "co", "extend_call_for": "ap", "receive": "co", "request_supplement": "co",
          "enter_late": "co", "accept_late": "ap", "refuse_late": "ap"}
REASONED = ("withdraw", "close", "lock", "revoke", "refuse_late", "give_up")
SEEN = ("open_call", "submit", "answer_supplement", "enter_late", "accept_late")  # what the person saw must still be true
PAPER = {"late": True, "arrived_on": "2020-03-06"}
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
            self.check_outcome(result)
        return results[-1]

    def create(self, device, kind, values, scope, record=None):
        record = record or new_id()
        edits = [[name, None, value] for name, value in values.items()]
        return device.mutation("create", kind, record, edits=edits, scope=scope)

    def make_programme(self, state):
        values = {**self.template, "year": self.take_year()}
        made = self.must(self.devices["co"], self.create(self.devices["co"], "programme", values, "programme"))
        return self.lead(made, "programme", state, None)

    def take_year(self):
        """One that no programme has: there are fewer years than programmes here, so those of done ones are forgotten."""
        year = next(self.years, None)
        if year is None:
            with sqlite3.connect(self.database, timeout=20) as database:
                database.execute("UPDATE k_programme SET f_year = NULL WHERE f_year > 2020")
            database.close()
            self.years = iter(range(2021, 2100))
            year = next(self.years)
        return year

    def lead(self, made, way, state, officer):
        """Brings a new record to the state by its events; to one that no event leads to yet behind the server's back."""
        if state not in PATHS[way] and state != made["state"]:
            before = "received" if way == "application" and state != "expired" else made["state"]
            return self.force(self.lead(made, way, before, officer), state)
        for name in PATHS[way].get(state, []):
            actor = self.devices[ACTORS[name]] if name in ACTORS else officer
            made = self.must_event(actor, name, made)
        return made

    def must_event(self, device, name, made):
        """Again when a timer of the server's has changed the record since."""
        result = device.push(self.event(device, name, made))[0]
        if result.get("code") == "seen.changed":
            result = device.push(self.event(device, name, result))[0]
        return self.check_outcome(result)

    def check_outcome(self, result):
        assert result["outcome"] in ("applied", "merged"), result
        return result

    def force(self, made, state):
        with sqlite3.connect(self.database, timeout=20) as database:
            count = database.execute("UPDATE record SET state = ? WHERE id = ?",
                                     (state, uuid.UUID(made["id"]).bytes)).rowcount
        database.close()
        assert count == 1, made
        return {**made, "state": state}

    def event(self, device, name, result):
        docs = result["docs"]
        seen = {}
        if name in SEEN:  # any other event goes without: not everybody saw the personal part
            seen["seen"] = seen_digest(result["kind"], result["id"], result["state"], docs)
        arguments = {
            "hand_over": {"successor": self.coordinator.account},
            "extend_call": {"call_close": "2020-03-20", "reason": "시험"},
            "extend_call_for": {"agency": self.other if result.get("whose") == "other" else self.own,
                                "until": "2020-03-20", "reason": "시험"},
            "request_supplement": {"items": "보완할 것", "due": "2020-03-20"},
        }.get(name, {"reason": "시험"} if name in REASONED else {})
        return device.mutation("event", result["kind"], result["id"], base=result["v"], event=name, args=arguments,
                               **seen)

    def make_application(self, whose, state):
        agency = self.other if whose == "other" else self.own
        officer = self.other_officer if whose == "other" else self.devices["of"]
        values = {**FORM, "programme": self.make_programme("call_open")["id"], "agency": agency}
        if whose in ("late", "accepted"):
            values.update(PAPER)
            officer = self.devices["co"]
        made = self.must(officer, self.create(officer, "application", values, self.home_of("application", values)))
        return self.lead(made, whose if whose in PATHS else "application", state, officer)

    def make_follower(self, kind, whose, state):
        """A record that the effects of an event make: an extension, a notice, a request for a supplement."""
        if kind == "supplement_request":
            source = self.make_application(whose, "supplement")
        else:
            source = {**self.make_programme("call_open"), "whose": whose}
            source = self.must(self.devices["ap"], self.event(self.devices["ap"], "extend_call_for", source))
        lines = self.devices["au"].pull().values()
        made = next(line["id"] for line in lines if line["kind"] == kind and source["id"] in line["doc"].values())
        made = self.find(self.devices["au"], made)
        return made if state in (made["state"], "*") else self.force(made, state)

    def make(self, kind, whose, state, column):
        """A record of the kind in that state; "own" and "other" as the column's role sees it."""
        coordinator = self.devices["co"]
        if kind == "application":
            return self.make_application(whose, state)
        if kind == "programme":
            return self.make_programme("draft" if state == "*" else state)
        if kind in ("call_extension", "supplement_request", "notice"):
            return self.make_follower(kind, whose, state)
        if kind == "agency":
            return self.find(self.coordinator, self.own if whose == "own" else self.other)
        if kind in ("milestone", "person", "proposal_system", "system_observation"):
            values = self.values_of(kind, whose)
            return self.must(coordinator, self.create(coordinator, kind, values, self.home_of(kind, values)))
        account = self.devices[column].account if whose == "own" else self.other_officer.account
        if kind == "role_grant":
            values = {**self.values_of(kind, whose), "account": account}
            made = self.must(self.root, self.create(self.root, kind, values, "server"))
            return self.must(self.root, self.event(self.root, "revoke", made)) if state == "revoked" else made
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
            return {**self.template, "year": self.take_year()}
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
        programme = self.make_programme("call_open")["id"]
        if kind == "call_extension":
            return {"programme": programme, "agency": agency, "until": "2020-03-20", "reason": "시험"}
        if kind == "supplement_request":
            return {"application": self.make_application(whose, "submitted")["id"], "agency": agency, "items": "보완할 것",
                    "due": "2020-03-20"}
        if kind == "notice":
            return {"agency": agency, "code": "reminder"}
        return {**FORM, "programme": programme, "agency": agency, **(PAPER if whose == "late" else {})}

    def home_of(self, kind, values):
        if values.get("late"):
            return "office"
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
        return self.judge(row, column, self.devices[column].push(mutation)[0])

    def judge(self, row, column, result):
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
            result = self.devices[column].push(build(column, record))[0]
            if result.get("code") == "seen.changed":  # by a timer of the server's
                result = self.devices[column].push(build(column, {**record, **result}))[0]
            if self.judge(row, column, result):
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
        field = row["action"].partition(":")[2] or {
            "agency": "name_en", "person": "org", "proposal_system": "department", "system_observation": "note",
            "account": "name", "role_grant": "valid_to"}[row["kind"]]

        def build(column, record):
            before = (record["docs"][int(field == "name")] or {}).get(field)
            edit = [field, before, self.other_value(field, before)]
            return self.devices[column].mutation("patch", row["kind"], record["id"], base=record["v"], edits=[edit])

        self.check_on_records(row, build)

    def other_value(self, field, before):
        """One that is within the limits of the field, and in order with the other days of the record."""
        days = {"valid_to": "2020-12-30", "call_open": "2020-02-25", "call_close": "2020-03-14", "selection_due": "2020-03-30",
                "period_start": "2020-04-02", "period_end": "2020-12-30", "plan_approved_on": "2020-02-23",
                "planned_start": "2020-03-02", "planned_end": "2020-03-30", "actual_start": "2020-03-03",
                "actual_end": "2020-03-29", "until": "2020-03-27", "due": "2020-03-27"}
        if isinstance(before, bool):
            return not before
        if isinstance(before, int):
            return before + 1000 if before >= 1000 else before + 1
        lines = {"disclosure": "closed", "account_code": "201-02", "kind": "invested", "code": "11680", "region": "central",
                 "homepage": f"https://www.example.go.kr/{self.cells}"}
        return {**days, **lines}.get(field, f"바꾼 값 {self.cells}")

    def check_event(self, row):
        name = row["action"].split(":")[1]

        def build(column, record):
            device = self.devices[column]
            known = record["docs"][1] and name in SEEN and (record["id"], "personal") in device.pull()
            personal = record["docs"][1] if known else None
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
        for state in row["state"].split(","):
            getattr(self, f"check_{action}")({**row, "state": state})

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
            "/metrics", "/demo/v1/clock", "/sync/v1/hello/", "/sync/v1/history/", "/.well-known"})
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


def read_lock():
    """What is declared: for each kind its states in order, its events and whether a part of it is personal."""
    kinds = {}
    for line in (ROOT / "tests/fixtures/kinds.lock").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"(\w+)", line):
            kinds[found[1]] = {"state": [], "event": [], "personal": False}
        elif found := re.fullmatch(r"(\w+) (state|event) (\w+)", line):
            kinds[found[1]][found[2]].append(found[3])
        elif found := re.fullmatch(r"(\w+)\.[\w/]+: .*, (main|personal)", line):
            kinds[found[1]]["personal"] |= found[2] == "personal"
        else:
            assert re.fullmatch(r"\w+\.[\w/]+ = \w+", line), f"kinds.lock: {line}"
    return kinds


def list_cells(row, states):
    """For an event "*" stands for nothing: whether it may happen depends on the state."""
    action = "update" if row["action"].startswith("update") else row["action"]
    named = states if row["state"] == "*" and not action.startswith("event") else row["state"].split(",")
    return {(row["kind"], action, state) for state in named}


def find_holes(table):
    """Cells that the declarations have and the table does not, and the other way round."""
    kinds = read_lock()
    del kinds["conflict"]  # nobody makes one by a change of their own; who sees it is decided by what it is about
    have, wanted = set(), set()
    for row in table:
        if row["kind"] != "*":
            have |= list_cells(row, kinds.get(row["kind"], {"state": []})["state"])
    for kind, declared in kinds.items():
        wanted.add((kind, "create", declared["state"][0]))
        actions = ["read", "update", *(f"event:{event}" for event in declared["event"])]
        if declared["personal"] and kind != "account":  # an account's name goes where its main part goes
            actions.append("read-personal")
        wanted |= {(kind, action, state) for action in actions for state in declared["state"]}
    have -= {cell for cell in have if cell[1] == "create"} - wanted
    return ([f"the table has no row for {' '.join(cell)}" for cell in sorted(wanted - have)]
            + [f"nobody declared {' '.join(cell)}" for cell in sorted(have - wanted)])


def main():
    madang_desktop.ensure_session_bus()
    table = read_table()
    with tempfile.TemporaryDirectory(prefix="madang-rights-") as folder:
        world = World(folder)
        world.failures += find_holes(table)
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
