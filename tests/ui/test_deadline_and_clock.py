#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Only the server's clock counts: a computer's wrong clock changes nothing, and after the deadline
nothing is submitted, whenever it was begun; what was written stays."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus  # noqa: E402
from madang_office import COORDINATOR, OFFICER, SUBMIT, Office, complete, wrong_clock  # noqa: E402
from madang_tap import run_tests  # noqa: E402

AFTER = ("--programme-now", "2020-03-14T00:00:01+09:00")
CLOSED = "접수 마감 2020. 3. 13.(금) 24:00이 지났습니다"
CONTENT = {"신청부서": "마을자치과", "요청사항": "오픈API 규격을 먼저 받고 싶습니다."}


def programs():
    return sys.argv[1:3]


def submit_with_wrong_clock(offset, name):
    office = Office(*programs(), name=name)
    officer = office.open(OFFICER, "officer", environment=wrong_clock(offset))
    officer.find("label", contains="마감 2020. 3. 13.(금) 24:00, 4일 13시간 남음")
    complete(officer)
    officer.press_button(SUBMIT)
    officer.find("label", contains="2020. 3. 9.(월) 10:")  # submitted at the server's time
    assert office.application("금천구")[1] == "submitted"
    officer.close()
    office.close()


def clock_ten_days_ahead():
    submit_with_wrong_clock("+10d", "ahead")


def clock_ten_days_behind():
    submit_with_wrong_clock("-10d", "behind")


def after_the_deadline_it_says_so():
    office = Office(*programs(), name="late", options=AFTER)
    officer = office.open(OFFICER, "officer", environment=wrong_clock("-10d"))
    officer.find("label", contains="접수가 2020. 3. 13.(금) 24:00에 마감되었습니다")
    for label, text in CONTENT.items():
        officer.write(label, text)
    officer.choose("기관장 공약사항 여부", "가")
    officer.write("신청일", "2020. 3. 13.")
    officer.find("label", contains=CLOSED)
    assert CLOSED in officer.find("push button", SUBMIT).description
    assert not officer.may_press(SUBMIT)
    office.wait_for_value("금천구", "link_needs", CONTENT["요청사항"])
    assert office.application("금천구")[1] == "expired"  # what was written stays
    officer.close()
    office.close()


def queued_before_and_arriving_after():
    office = Office(*programs(), name="queued")
    officer = office.open(OFFICER, "officer")
    complete(officer)
    office.wait_for_value("금천구", "signed_on", "2020-03-09")
    office.proxy.cut()
    officer.find("push button", "오프라인")
    officer.press_button(SUBMIT)
    officer.find("label", contains="아직 접수 전")
    office.server.stop()
    office.server.start(*AFTER)
    office.proxy.heal()
    officer.display.key("F5")
    refusal_waits_for_the_officer(officer)
    refusal_is_explained(officer)
    assert office.application("금천구")[1] == "expired"  # what was written stays
    giving_up_keeps_the_form(officer)
    coordinator = office.open(COORDINATOR, "coordinator", direct=True)
    coordinator.find("label", "신청서 6건")
    officer.close()
    office.close()


def refusal_waits_for_the_officer(officer):
    """Not for the server, which has given its answer."""
    officer.find("label", contains="받아들여지지 않았")
    officer.display.key("alt+1")
    mine = officer.find("list", contains="나를 기다리는 일")
    officer.find("list item", contains="신청서: 제출", start=mine)
    officer.display.key("alt+2")


def refusal_is_explained(officer):
    officer.press_until("보기", "결정할 변경")
    officer.find("label", "신청서: 제출")
    officer.find("label", contains=CLOSED)
    for label, text in CONTENT.items():
        assert officer.value(label) == text


def giving_up_keeps_the_form(officer):
    officer.press_button("이 변경 버리기…")
    officer.press_button("버리기")
    officer.find("label", "결정할 것이 없습니다")
    officer.press_button("뒤로")
    officer.find("label", contains="기한 지남")
    for label, text in CONTENT.items():
        assert officer.value(label) == text
    assert not officer.may_press(SUBMIT)


def main():
    ensure_session_bus()
    return run_tests(clock_ten_days_ahead, clock_ten_days_behind, after_the_deadline_it_says_so,
                     queued_before_and_arriving_after)


if __name__ == "__main__":
    sys.exit(main())
