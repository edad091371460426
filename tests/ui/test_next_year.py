#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programme of the next year: begun from the one before, put in order, opened, and the work
going to and fro between the two; and an extension that reaches the server after the close."""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

APPROVER = "approver"
AREA = "사업"
NEXT = "2021년 민주주의 서울 기관협력 사업"
MENU = "명령 더 보기"
BEGIN = "새 연도 사업 시작(N)"
OPEN = "신청접수 시작"
FIRST, LAST = "신청접수 시작일", "신청접수 마감일"
DISORDER = f"‘{LAST}’이 ‘{FIRST}’보다 앞섭니다"
CRITERIA = "견본: 지난해 운영 결과를 함께 봅니다."
TYPED = "견본: 해를 바꾸기 전에 쓴 말"
FIELD = "운영방법"
AFTER = ("--programme-now", "2020-03-14T00:00:01+09:00")
OVER = "접수가 2020. 3. 13.(금) 24:00에 마감되어 더는 연장할 수 없습니다"
REASON = "견본: 통신이 끊긴 자리에서 늦췄습니다."


def programs():
    return sys.argv[1:3]


def take_picture(program, name):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/year-{name}.png")


def programme(office, year):
    """The server's record: state and main part; None when there is none."""
    rows = office.rows("SELECT state, main FROM record WHERE kind = 'programme'"
                       " AND json_extract (main, '$.year') = ?", year)
    return (rows[0][0], json.loads(rows[0][1])) if rows else None


def show_programme(program):
    program.click(program.find("list item", AREA))
    program.find("push button", MENU)


def choose_year(program, year):
    """By the switch of the sidebar."""
    switch = program.find(contains="사업 연도 2")
    program.press(next(node for node in program.walk(switch) if node.count_actions()))
    program.press(program.find("menu item", contains=f"{year}년 · "))


class NextYear:
    """The steps follow each other; each leaves the stage as the next one needs it."""

    def __init__(self):
        self.office = Office(*programs(), name="years")
        self.coordinator = self.office.open(COORDINATOR, "coordinator")
        self.officer = self.office.open(OFFICER, "officer", direct=True)
        self.approver = self.office.open(APPROVER, "approver", direct=True, today=True)

    def it_is_begun_from_the_year_before(self):
        coordinator = self.coordinator
        show_programme(coordinator)
        self.pick(coordinator, BEGIN)
        coordinator.wait_for_value("사업명", NEXT)
        coordinator.wait_for_value(FIRST, "2021. 2. 24.(수)")
        wait_for(lambda: programme(self.office, 2021), "the programme at the server")
        state, main = programme(self.office, 2021)
        assert state == "draft" and main["call_close"] == "2021-03-13", (state, main)
        assert "plan_doc_number" not in main, "the number of last year's plan"
        take_picture(coordinator, "begun")

    def pick(self, program, item):
        page = program.find("panel", "2020년 민주주의 서울 기관협력 사업")
        program.press(next(node for node in program.walk(page) if node.role == "push button"
                           and node.name == MENU and node.count_actions()))
        program.press_button(item)

    def days_in_disorder_are_refused_in_words(self):
        coordinator = self.coordinator
        coordinator.write(LAST, "2021. 2. 1.")
        coordinator.find("label", contains=DISORDER)
        take_picture(coordinator, "disorder")
        coordinator.write("사업명", NEXT + "(견본)")
        wait_for(lambda: programme(self.office, 2021)[1]["title"] != NEXT, "what is in order at the server")
        assert programme(self.office, 2021)[1]["call_close"] == "2021-03-13"
        for trouble in ("충돌", "결정할 변경"):
            assert not coordinator.look("push button", contains=trouble), "it was not sent at all"
        coordinator.write("사업명", NEXT)
        coordinator.write(LAST, "2021. 3. 12.")
        coordinator.gone("label", contains=DISORDER)
        wait_for(lambda: programme(self.office, 2021)[1]["call_close"] == "2021-03-12", "the day at the server")

    def money_and_criteria_are_written(self):
        coordinator = self.coordinator
        coordinator.write("소요예산", "120,000,000")
        coordinator.write("선정기준", CRITERIA)
        wait_for(lambda: programme(self.office, 2021)[1]["criteria"] == CRITERIA, "the criteria at the server")
        assert programme(self.office, 2021)[1]["budget_total"] == 120000000
        coordinator.press_button("뒤로")
        coordinator.find("list item", contains="소요예산: 120,000천원")

    def an_officer_saves_what_was_typed_and_may_not_begin_yet(self):
        officer = self.officer
        officer.write(FIELD, TYPED)
        choose_year(officer, 2021)
        officer.find(contains="이 해의 사업을 준비하고 있습니다")
        assert not officer.may_press("신청서 쓰기 시작")
        assert not officer.may_press("제출"), "last year's is in view no more"
        self.office.wait_for_value("금천구", "op_method", TYPED)
        take_picture(officer, "in-preparation")

    def the_approver_opens_its_call(self):
        approver = self.approver
        approver.click(approver.find("list item", contains=f"신청접수 시작하기, 사업 · {NEXT}"))
        approver.press_button(OPEN)
        question = approver.find("label", "신청접수를 시작할까요?")
        take_picture(approver, "opening")
        while question.parent.role not in ("frame", "dialog", "window"):
            question = question.parent
        approver.press(next(node for node in approver.walk(question.parent) if node.name == OPEN
                            and node.role == "push button" and node.count_actions()))
        approver.find("label", contains="마감 2021. 3. 12.(금) 24:00")
        wait_for(lambda: programme(self.office, 2021)[0] == "call_open", "the call of 2021")

    def its_applications_are_those_of_the_year(self):
        officer = self.officer
        officer.press_button("신청서 쓰기 시작")
        officer.wait_for_value("신청부서", "")
        assert officer.value(FIELD) == "", "the words of last year"
        wait_for(lambda: len(self.drafts()) == 2, "the draft of 2021")
        choose_year(officer, 2020)
        officer.wait_for_value(FIELD, TYPED)
        officer.find("label", contains="마감 2020. 3. 13.(금) 24:00")
        take_picture(officer, "year-before")

    def drafts(self):
        return self.office.rows("SELECT json_extract (main, '$.programme') FROM record WHERE kind = 'application'"
                                " AND json_extract (main, '$.agency') ="
                                " (SELECT json_extract (main, '$.agency') FROM record WHERE kind = 'application'"
                                "  AND json_extract (main, '$.op_method') = ?)", TYPED)

    def the_page_of_the_day_says_which_year_and_goes_there(self):
        officer = self.officer
        officer.display.key("alt+1")
        officer.find("list item", contains="작성해서 제출하기, 신청서 · 금천구(2020년)")
        line = officer.find("list item", contains="작성해서 제출하기, 신청서 · 금천구(2021년)")
        take_picture(officer, "today")
        officer.click(line)
        officer.wait_for_value(FIELD, "")
        officer.find("label", contains="마감 2021. 3. 12.(금) 24:00")

    def the_list_follows_the_switch(self):
        coordinator = self.coordinator
        coordinator.display.key("alt+2")
        coordinator.find(contains="아직 신청서가 없습니다")
        take_picture(coordinator, "no-applications")
        choose_year(coordinator, 2020)
        coordinator.find("label", "신청서 6건")
        choose_year(coordinator, 2021)
        coordinator.gone("label", "신청서 6건")

    def all_end_well(self):
        for program in (self.coordinator, self.officer, self.approver):
            program.close()
        self.office.close()


def an_extension_that_arrives_after_the_close():
    office = Office(*programs(), name="late")
    approver = office.open(APPROVER, "approver", today=True)
    show_programme(approver)
    approver.find("push button", "연결됨")
    office.proxy.cut()
    approver.find("push button", "오프라인")
    approver.press_button("접수 연장…")
    approver.write(LAST, "2020. 3. 20.")
    approver.write("사유", REASON)
    approver.press_button("연장")
    approver.find("push button", contains="보낼 변경")
    office.server.stop()
    office.server.start(*AFTER)
    office.proxy.heal()
    approver.display.key("F5")
    approver.find("label", contains="받아들여지지 않았")
    approver.press_until("보기", "결정할 변경")
    approver.find("label", contains=OVER)
    take_picture(approver, "extension-refused")
    approver.find(contains=REASON)
    approver.find(contains="2020. 3. 20.(금)")
    state, main = programme(office, 2020)
    assert (state, main["call_close"]) == ("call_closed", "2020-03-13"), (state, main["call_close"])
    approver.press_button("이 변경 버리기…")
    approver.press_button("버리기")
    approver.find("label", "결정할 것이 없습니다")
    approver.press_button("뒤로")
    approver.find("label", contains=OVER)
    assert not approver.may_press("접수 연장…")
    approver.close()
    office.close()


def main():
    ensure_session_bus()
    year = NextYear()
    return run_tests(year.it_is_begun_from_the_year_before, year.days_in_disorder_are_refused_in_words,
                     year.money_and_criteria_are_written,
                     year.an_officer_saves_what_was_typed_and_may_not_begin_yet,
                     year.the_approver_opens_its_call, year.its_applications_are_those_of_the_year,
                     year.the_page_of_the_day_says_which_year_and_goes_there, year.the_list_follows_the_switch,
                     year.all_end_well, an_extension_that_arrives_after_the_close, in_order=True)


if __name__ == "__main__":
    sys.exit(main())
