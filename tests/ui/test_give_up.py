#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An agency that was selected gives up: with a reason, without a network, and the city reads why."""

import json
import os
import pathlib
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

OFFICER = "sisul"
AGENCY = "서울시설공단"
MENU = "명령 더 보기"
GIVE_UP = "포기(G)…"
CONFIRM = "사업 포기"
REASON = "견본: 전담 인력을 둘 수 없게 되었습니다."


def take_picture(program, name):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/give-up-{name}.png")


class GiveUp:
    """The steps follow each other; each leaves the stage as the next one needs it."""

    def __init__(self, client, server):
        self.office = Office(client, server)
        self.select()
        self.officer = self.office.open(OFFICER, "officer")
        self.coordinator = self.office.open(COORDINATOR, "coordinator", direct=True)

    def select(self):
        """Received as every day, then selected behind the server's back: nothing leads there yet."""
        record, _, version, _ = self.office.application(AGENCY)
        device = self.office.device(COORDINATOR)
        result = device.push(device.mutation("event", "application", str(uuid.UUID(record)), base=[version, 0],
                                             event="receive", args={}))[0]
        assert result["outcome"] == "applied", result
        self.office.change("UPDATE record SET state = 'selected' WHERE id = ?", uuid.UUID(record).bytes)
        assert self.state() == "selected"

    def state(self):
        return self.office.application(AGENCY)[1]

    def it_wants_a_reason(self):
        officer = self.officer
        officer.find("label", contains="접수번호 접수-2020-")
        assert not officer.may_press("제출")
        officer.pick_from_menu(MENU, GIVE_UP)
        officer.find("label", "사업을 포기하시겠습니까?")
        assert not officer.may_press(CONFIRM), "without a reason"
        take_picture(officer, "question")
        officer.write("사유", REASON)
        wait_for(lambda: officer.may_press(CONFIRM), "the reason to be enough")

    def it_waits_for_the_network(self):
        officer = self.officer
        self.office.proxy.cut()
        officer.find("push button", "오프라인")
        officer.press_button(CONFIRM)
        officer.find("label", contains="포기했습니다. 서버에 전달되면 확정됩니다")
        take_picture(officer, "on-its-way")
        assert self.state() == "selected"

    def it_counts_when_it_arrives(self):
        officer = self.officer
        self.office.proxy.heal()
        officer.display.key("F5")
        officer.find("label", contains=f"포기했습니다. 사유: {REASON}")
        assert self.state() == "declined"
        assert json.loads(self.office.application(AGENCY)[3])["declined_reason"] == REASON
        take_picture(officer, "given-up")

    def the_city_reads_why(self):
        coordinator = self.coordinator
        row = coordinator.find(contains=f"{AGENCY}, 고객경영팀(견본), 포기")
        coordinator.click(row, times=2)
        coordinator.find("label", contains=f"포기했습니다. 사유: {REASON}")
        take_picture(coordinator, "read")
        for name in ("접수", "보완 요청…"):
            assert not coordinator.may_press(name), name

    def both_end_well(self):
        self.officer.close()
        self.coordinator.close()
        self.office.close()


def main():
    ensure_session_bus()
    journey = GiveUp(*sys.argv[1:3])
    return run_tests(journey.it_wants_a_reason, journey.it_waits_for_the_network,
                     journey.it_counts_when_it_arrives, journey.the_city_reads_why, journey.both_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
