#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One officer at two computers, one of them without a network. Different fields merge without a
word; the same field is shown from both sides until a person decides, and the decision holds on
both."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus  # noqa: E402
from madang_office import OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

FIELD = "운영기간"
OFFICE = "2018년 9월 ~ 2020년 2월"   # written at the desk, with the network
FIELDWORK = "2018년 9월 ~ 계속"      # written outside, without it


class Conflict:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.desk = self.office.open(OFFICER, "desk", direct=True)
        self.laptop = self.office.open(OFFICER, "laptop")
        self.both = (self.desk, self.laptop)
        for program in self.both:
            program.find("push button", "연결됨")
            program.field(FIELD)

    def wait_for_server(self, field, value):
        self.office.wait_for_value("금천구", field, value)

    def different_fields_merge_without_a_word(self):
        self.office.proxy.cut()
        self.laptop.find("push button", "오프라인")
        self.laptop.write("제안사이트명", "금천1번가 (개편)")
        self.laptop.find("push button", contains="보낼 변경")
        self.desk.write("신청부서", "민관협치과")
        self.wait_for_server("dept_name", "민관협치과")
        self.office.proxy.heal()
        self.laptop.display.key("F5")
        for program in self.both:
            program.wait_for_value("신청부서", "민관협치과")
            program.wait_for_value("제안사이트명", "금천1번가 (개편)")
            program.find("push button", "연결됨")
            assert not program.look(contains="충돌")

    def make_conflict(self, at_desk, on_laptop):
        self.office.proxy.cut()
        self.laptop.find("push button", "오프라인")
        self.laptop.write(FIELD, on_laptop)
        self.laptop.find("push button", contains="보낼 변경")
        self.desk.write(FIELD, at_desk)
        self.wait_for_server("op_period", at_desk)
        self.office.proxy.heal()
        self.laptop.display.key("F5")
        self.laptop.find("push button", "충돌 1건")

    def compare(self, program, mine, theirs):
        program.press_until("보기", "결정할 변경")
        program.find("label", f"신청서: {FIELD}")
        for text in (mine, theirs):
            program.find("label", text)
        # Both sides on the clock of the programme, and told apart.
        program.find("label", contains="나, 2020. 3. 9.(월)")
        program.find("label", contains="나(다른 기기), 2020. 3. 9.(월)")

    def settle(self, program, button, value):
        program.press_button(button)
        program.find("label", "결정할 것이 없습니다")
        program.press_button("뒤로")
        self.wait_for_server("op_period", value)
        for each in self.both:
            each.wait_for_value(FIELD, value)
            each.find("push button", "연결됨")
            each.gone(contains="충돌 1건")

    def the_same_field_is_shown_from_both_sides_and_mine_kept(self):
        self.make_conflict(OFFICE, FIELDWORK)
        self.compare(self.laptop, FIELDWORK, OFFICE)
        assert self.office.value("금천구", "op_period") == OFFICE, "nothing may be overwritten unseen"
        self.settle(self.laptop, "내 값 남기기", FIELDWORK)

    def theirs_kept(self):
        self.make_conflict(OFFICE, "2020년 4월부터")
        self.compare(self.laptop, "2020년 4월부터", OFFICE)
        self.settle(self.laptop, "상대 값 남기기", OFFICE)

    def a_third_version(self):
        self.make_conflict("2019년부터", "2020년부터")
        self.compare(self.laptop, "2020년부터", "2019년부터")
        self.laptop.press_button("새로 쓰기…")
        card = self.laptop.find("push button", "이 내용 쓰기").parent
        self.laptop.set_text(self.laptop.field(FIELD, start=card), "2019년 하반기부터")
        self.settle(self.laptop, "이 내용 쓰기", "2019년 하반기부터")

    def both_end_well(self):
        for program in self.both:
            program.close()
        self.office.close()


def main():
    ensure_session_bus()
    conflict = Conflict(*sys.argv[1:3])
    return run_tests(conflict.different_fields_merge_without_a_word,
                     conflict.the_same_field_is_shown_from_both_sides_and_mine_kept,
                     conflict.theirs_kept, conflict.a_third_version, conflict.both_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
