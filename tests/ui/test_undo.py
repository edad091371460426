#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done without a network can be taken back until it is sent: the record is as before, the
server never hears of it, and the same command can be given again."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

UNDO = "실행 취소"
UNDONE = "실행을 취소했습니다. 서버로 보내지 않았습니다."
REASON = "[견본] 올해는 준비가 덜 되었습니다."


class Undo:
    def __init__(self, client, server):
        self.office = Office(client, server)

    def go_offline(self, program):
        self.office.proxy.cut()
        program.find("push button", "오프라인")

    def go_online(self, program):
        self.office.proxy.heal()
        program.display.key("F5")
        program.find("push button", "연결됨")

    def undo(self, program, done):
        program.find("label", done)
        program.press(program.find("push button", contains=UNDO))
        program.find("label", UNDONE)
        program.find("push button", "오프라인")  # nothing waits

    def events(self, agency, event):
        """How often the server carried it out."""
        record = self.office.application(agency)[0]
        return len(self.office.rows("SELECT DISTINCT mid FROM change WHERE event = ?"
                                    " AND lower (hex (record)) = ?", event, record))

    def withdraw(self, officer):
        officer.pick_from_menu("명령 더 보기", "철회(W)…")
        officer.write("사유", REASON)
        officer.press_button("철회")

    def withdrawing_is_taken_back(self):
        officer = self.office.open(OFFICER, "officer")
        officer.find("label", contains="작성 중")
        self.go_offline(officer)
        self.withdraw(officer)
        officer.find("label", "철회했습니다. 서버에 닿는 대로 반영됩니다.")
        self.undo(officer, "신청을 철회했습니다")
        officer.find("label", contains="작성 중")
        officer.find("push button", "요청사항")  # what is missing counts again
        self.go_online(officer)
        assert self.office.application("금천구")[1] == "draft"
        assert self.events("금천구", "withdraw") == 0
        officer.write("신청부서", "민관협치과")
        self.office.wait_for_value("금천구", "dept_name", "민관협치과")
        officer.close()

    def withdrawing_goes_through_when_it_is_not(self):
        officer = self.office.open(OFFICER, "officer")
        officer.find("label", contains="작성 중")
        self.go_offline(officer)
        self.withdraw(officer)
        officer.find("label", "신청을 철회했습니다")
        officer.find("push button", contains=UNDO)
        self.go_online(officer)
        officer.gone("push button", contains=UNDO, patience=3)  # sooner than it would go by itself
        officer.find("label", f"철회했습니다. 사유: {REASON}")
        assert self.office.application("금천구")[1] == "withdrawn"
        assert self.events("금천구", "withdraw") == 1
        officer.close()

    def receiving_is_taken_back(self):
        coordinator = self.office.open(COORDINATOR, "coordinator")
        coordinator.click(coordinator.find(contains="서울시설공단, 고객경영팀(견본), 제출됨"), times=2)
        coordinator.find("push button", "접수")
        self.go_offline(coordinator)
        coordinator.press_button("접수")
        coordinator.find("label", contains="접수번호는 서버에 닿는 대로")
        self.undo(coordinator, "신청서를 접수했습니다")
        coordinator.gone("label", contains="접수번호는 서버에 닿는 대로")
        self.go_online(coordinator)
        assert self.office.application("서울시설공단")[1] == "submitted"
        assert self.events("서울시설공단", "receive") == 0
        coordinator.press_button("접수")
        coordinator.find("label", contains="접수번호 접수-2020-")
        assert self.events("서울시설공단", "receive") == 1
        coordinator.close()
        self.office.close()


def main():
    ensure_session_bus()
    undo = Undo(*sys.argv[1:3])
    return run_tests(undo.withdrawing_is_taken_back, undo.withdrawing_goes_through_when_it_is_not,
                     undo.receiving_is_taken_back, in_order=True)


if __name__ == "__main__":
    sys.exit(main())
