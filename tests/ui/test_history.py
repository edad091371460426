#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history of a record: an officer sees what was changed and by whom, with and without a
network, and puts an earlier value back; the coordinator sees what came after the submission and
nothing of the draft."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, SUBMIT, Office, complete  # noqa: E402
from madang_tap import run_tests  # noqa: E402

FIELD = "운영기간"
RESTORE = f"바뀌기 전 값으로 되돌리기: {FIELD}"
HERE = "견본 2018년 9월 ~ 2020년 2월"
ELSEWHERE = "견본 2018년 9월 ~ 계속"
OFFLINE = "견본 2020년 4월부터"


class History:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.officer = self.office.open(OFFICER, "officer")

    def open_history(self):
        self.officer.pick_from_menu("명령 더 보기", "변경 이력(H)")
        self.officer.find("label", "변경 이력")

    def changes_stand_with_both_values(self):
        officer = self.officer
        officer.field(FIELD)
        officer.write(FIELD, HERE)
        self.office.wait_for_value("금천구", "op_period", HERE)
        self.office.edit_elsewhere(OFFICER, "금천구", "op_period", ELSEWHERE)
        officer.wait_for_value(FIELD, ELSEWHERE)
        self.open_history()
        for text in (HERE, ELSEWHERE):
            officer.find("label", text)
        officer.find("label", contains="나, 바뀜")
        officer.find("label", contains="서버, 만듦")
        officer.find("list item", contains="나, 바뀜")
        assert officer.find("list", "변경 이력")

    def a_value_is_put_back(self):
        officer = self.officer
        officer.press_button(RESTORE)
        self.office.wait_for_value("금천구", "op_period", HERE)
        # The newest change now leads back to what was there a moment ago.
        wait_for(lambda: self.restore_states()[:2] == [True, False], "the newer change on top")

    def restore_states(self):
        """Whether each button of the field can be pressed, from the top."""
        return [self.officer.has_state(node, "SENSITIVE") for node in self.officer.walk()
                if node.name == RESTORE]

    def without_a_network_it_shows_what_it_has(self):
        officer = self.officer
        self.office.proxy.cut()
        officer.find("push button", "오프라인")
        officer.press_button("뒤로")
        officer.write(FIELD, OFFLINE)
        officer.find("push button", contains="보낼 변경")
        self.open_history()
        officer.find("label", contains="서버에 연결할 수 없습니다. 2020. 3. 9.(월)")
        officer.find("label", contains="(아직 보내지 않음), 나, 바뀜")
        officer.find("label", OFFLINE)
        officer.find("label", ELSEWHERE)
        self.office.proxy.heal()
        officer.display.key("F5")
        self.office.wait_for_value("금천구", "op_period", OFFLINE)
        officer.gone("label", contains="(아직 보내지 않음)")
        officer.gone("label", contains="서버에 연결할 수 없습니다")

    def after_submitting_nothing_can_be_put_back(self):
        officer = self.officer
        officer.press_button("뒤로")
        complete(officer)
        officer.press_button(SUBMIT)
        wait_for(lambda: self.office.application("금천구")[1] == "submitted", "the submission")
        self.open_history()
        officer.find("label", contains="신청서를 제출했습니다")
        wait_for(lambda: (states := self.restore_states()) and not any(states), "the buttons to be off")
        officer.find("label", contains="상태가 ‘제출됨’일 때는")

    def the_office_sees_nothing_of_the_draft(self):
        coordinator = self.office.open(COORDINATOR, "coordinator", direct=True)
        row = coordinator.find(contains="금천구, 마을자치과")
        coordinator.click(row, 2)
        coordinator.find("push button", "접수")
        coordinator.display.key("ctrl+h")
        coordinator.find("label", contains="견본 김담당, 신청서를 제출했습니다")
        coordinator.find("label", "(볼 수 없는 내용)")
        texts = " ".join(node.name for node in coordinator.walk(coordinator.find("list", "변경 이력")))
        for text in (HERE, ELSEWHERE, "만듦", "작성 중"):
            assert text not in texts, text
        coordinator.close()

    def all_end_well(self):
        self.officer.close()
        self.office.close()


def main():
    ensure_session_bus()
    history = History(*sys.argv[1:3])
    return run_tests(history.changes_stand_with_both_values, history.a_value_is_put_back,
                     history.without_a_network_it_shows_what_it_has,
                     history.after_submitting_nothing_can_be_put_back,
                     history.the_office_sees_nothing_of_the_draft, history.all_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
