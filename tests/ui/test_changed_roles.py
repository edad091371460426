#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles come and go while the program runs: what they open is there without a new start, and is
gone at once. Somebody of the city who is also an officer of an agency writes its application."""

import pathlib
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402
from madang_wire import new_id  # noqa: E402

PERSON = "coordinator"
FIELD = "신청부서"
TEXT = "견본 두 역할의 부서"


class ChangedRoles:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.program = self.office.open(PERSON, "person", today=True)
        self.admin = self.office.device("admin")
        self.account = self.find_id("account", "login", PERSON)
        self.grants = {}

    def find_id(self, kind, field, value):
        (found,), = self.office.rows("SELECT lower (hex (id)) FROM record WHERE kind = ?"
                                     " AND json_extract (main, '$.' || ?) = ?", kind, field, value)
        return str(uuid.UUID(found))

    def find_version(self, record):
        (version,), = self.office.rows("SELECT v FROM record WHERE id = ?", uuid.UUID(record).bytes)
        return version

    def grant(self, role, scope="programme", agency=None):
        """The administrator gives the role, over the wire."""
        record = new_id()
        values = {"account": self.account, "role": role, "scope": scope,
                  "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
        if agency:
            values["agency"] = self.find_id("agency", "name_ko", agency)
            values["scope"] = f"agency:{values['agency']}"
        create = self.admin.mutation("create", "role_grant", record, scope="server",
                                     edits=[[name, None, value] for name, value in values.items()])
        result = self.admin.push(create)[0]
        assert result["outcome"] == "applied", result
        self.grants[role] = record

    def revoke(self, role):
        base = [self.find_version(self.grants[role]), 0]
        result = self.admin.push(self.admin.mutation("event", "role_grant", self.grants[role],
                                                     base=base, event="revoke"))[0]
        assert result["outcome"] == "applied", result

    def open_area(self, name):
        self.program.click(self.program.find("list item", name))

    def areas(self, name):
        return [node for node in self.program.walk() if node.role == "list item" and node.name == name]

    def a_role_that_came_opens_its_area(self):
        self.program.find("push button", "연결됨")
        assert not self.program.look("list item", "계정 관리")
        self.open_area("사업")
        self.grant("system_admin", scope="server")
        self.program.find("list item", "계정 관리")
        self.program.find("label", contains="맡은 역할이 바뀌었습니다")
        self.program.find("panel", contains="2020년 민주주의 서울")  # still where the person was
        self.open_area("계정 관리")
        self.program.find("table row", contains="geumcheon")

    def a_role_that_ended_takes_its_area_along(self):
        self.revoke("system_admin")
        self.program.gone("list item", "계정 관리")
        self.program.find("panel", "오늘")
        assert not self.program.look("table row", contains="geumcheon")

    def the_second_role_writes_the_application(self):
        self.grant("agency_officer", agency="은평구")
        wait_for(lambda: len(self.areas("신청서")) == 2, "both areas of applications")
        self.program.click(self.areas("신청서")[0])
        self.program.press_button("신청서 쓰기 시작")
        self.program.write(FIELD, TEXT)
        self.office.wait_for_value("은평구", "dept_name", TEXT)
        assert self.office.value("은평구", "signer") == "은평구"
        # The first role goes on beside it.
        self.program.click(self.areas("신청서")[1])
        self.program.find("table row", contains="성동구")

    def all_end_well(self):
        self.program.close()
        self.office.close()


def main():
    ensure_session_bus()
    journey = ChangedRoles(*sys.argv[1:3])
    return run_tests(journey.a_role_that_came_opens_its_area,
                     journey.a_role_that_ended_takes_its_area_along,
                     journey.the_second_role_writes_the_application, journey.all_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
