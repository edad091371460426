#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programme of a year: the approver extends its call for all agencies and for one, and not after
it has closed; the coordinator reminds those who have not applied."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office, query  # noqa: E402
from madang_tap import run_tests  # noqa: E402

APPROVER = "approver"
OTHER_OFFICER = "eunpyeong"
AREA = "사업"
TITLE = "2020년 민주주의 서울 기관협력 사업"
MENU = "명령 더 보기"
EXTEND = "접수 연장…"
DAY = "신청접수 마감일"
OWN_DAY = "이 기관의 마감일"
AFTER = ("--programme-now", "2020-03-14T00:00:01+09:00")
OVER = "접수가 2020. 3. 13.(금) 24:00에 마감되어 더는 연장할 수 없습니다"
FOR_ALL = "2020. 3. 20.(금)"
FOR_ONE = "2020. 3. 27.(금)"
REASON = "견본: 지역 행사로 마감을 늦춥니다."
OWN_REASON = "견본: 담당자가 바뀌었습니다."
MESSAGE = "견본: 잊지 말고 신청해 주십시오."


def programs():
    return sys.argv[1:3]


def open_programme(office, login, **more):
    program = office.open(login, login, today=True, **more)
    program.find("push button", "연결됨")
    program.click(program.find("list item", AREA))
    program.find("label", contains="마감")
    return program


def pick(program, item):
    """From the menu of the programme's page: the others have one of that name too."""
    page = program.find("panel", TITLE)
    buttons = [node for node in program.walk(page) if node.role == "push button" and node.name == MENU]
    program.press(next(node for node in buttons if node.count_actions()))
    program.press_button(item)


def notices(office, name, code):
    """What has arrived in that client's cache."""
    rows = query(office.cache(name), "SELECT main FROM record WHERE kind = 'notice'")
    return [doc for (main,) in rows if (doc := json.loads(main)).get("code") == code]


def programme(office, year):
    """The server's record: state and main part; None when there is none."""
    rows = office.rows("SELECT state, main FROM record WHERE kind = 'programme'"
                       " AND json_extract (main, '$.year') = ?", year)
    return (rows[0][0], json.loads(rows[0][1])) if rows else None


class Call:
    """The steps follow each other."""

    def three_people_look_at_the_year(self):
        self.office = Office(*programs(), name="call")
        self.officer = open_programme(self.office, OFFICER)
        self.other = open_programme(self.office, OTHER_OFFICER)
        self.approver = open_programme(self.office, APPROVER, direct=True)

    def the_year_stands_in_words_too(self):
        officer = self.officer
        officer.find(contains="한 해 추진 단계 그림")
        officer.find("push button", "공동운영 TF 구성: 계획 2020. 4. 1.(수) ~ 2020. 4. 30.(목)")
        officer.find("list item", contains="공동운영 TF 구성: 계획 2020. 4. 1.(수) ~ 2020. 4. 30.(목)")
        officer.find("list item", contains="소요예산: 100,000천원")
        assert not officer.may_press(EXTEND)
        assert not officer.look("push button", EXTEND)

    def a_wrong_day_is_refused_in_words(self):
        approver = self.approver
        approver.press_button(EXTEND)
        approver.find("label", contains="선정 기한인 2020. 3. 31.(화)까지 연장할 수 있습니다")
        for day in ("2020. 3. 13.", "2020. 4. 1."):
            approver.write(DAY, day)
            approver.find("label", contains="2020. 3. 31.(화)")
            assert not approver.may_press("연장")
        approver.write(DAY, "2020. 3. 20.")
        assert not approver.may_press("연장"), "without a reason"

    def longer_for_all(self):
        approver = self.approver
        approver.write("사유", REASON)
        approver.press_button("연장")
        approver.find("label", contains=f"마감 {FOR_ALL} 24:00")
        for officer in (self.officer, self.other):
            officer.find("label", contains=f"마감 {FOR_ALL} 24:00")
        wait_for(lambda: notices(self.office, OFFICER, "call_extended"), "the notice")
        told = notices(self.office, OFFICER, "call_extended")
        assert [(doc["day"], doc["text"]) for doc in told] == [("2020-03-20", REASON)], told
        assert programme(self.office, 2020)[1]["call_close"] == "2020-03-20"

    def longer_for_one(self):
        approver = self.approver
        pick(approver, "한 기관만 연장…")
        approver.set_text(approver.find("entry", "기관 찾기"), "ㅇㅍ")
        row = approver.find("list item", "은평구")
        approver.gone("list item", "금천구")
        approver.click(row)
        approver.write(OWN_DAY, "2020. 3. 27.")
        approver.write("사유", OWN_REASON)
        approver.press_button("연장")
        approver.find("list item", contains=f"은평구: {FOR_ONE}까지")
        self.other.find("label", contains=f"마감 {FOR_ONE} 24:00")
        wait_for(lambda: len(notices(self.office, OTHER_OFFICER, "call_extended")) == 2, "the notice")
        assert len(notices(self.office, OFFICER, "call_extended")) == 1
        assert self.officer.look("label", contains=f"마감 {FOR_ALL} 24:00")
        assert not self.officer.look("list item", contains=FOR_ONE)

    def one_reminder_to_all_who_have_not_applied(self):
        coordinator = open_programme(self.office, COORDINATOR, direct=True)
        coordinator.press_button("알림…")
        heading = coordinator.find("label", contains="아직 신청하지 않은 기관").name
        names = coordinator.find("label", contains="금천구, ").name.split(", ")
        assert str(len(names)) in heading and "서울시설공단" not in names, (heading, names)
        coordinator.write("알릴 말 (비워 두어도 됩니다)", MESSAGE)
        coordinator.press_button("모두에 알림")
        wait_for(lambda: notices(self.office, OTHER_OFFICER, "reminder"), "the reminder")
        told = notices(self.office, OTHER_OFFICER, "reminder")
        assert [(doc["day"], doc["text"]) for doc in told] == [("2020-03-27", MESSAGE)], told
        sent = self.office.rows("SELECT count (*) FROM record WHERE kind = 'notice'"
                                " AND json_extract (main, '$.code') = 'reminder'")
        assert sent == [(len(names),)], (sent, len(names))
        coordinator.gone("push button", "모두에 알림")  # keys go to the window again
        coordinator.close()

    def all_end_well(self):
        for program in (self.officer, self.other, self.approver):
            program.close()
        self.office.close()


def after_the_close_it_says_so():
    office = Office(*programs(), name="closed", options=AFTER)
    approver = open_programme(office, APPROVER)
    approver.find("label", contains=OVER)
    assert not approver.may_press(EXTEND)
    assert OVER in approver.find("push button", EXTEND).description
    approver.close()
    office.close()


def main():
    ensure_session_bus()
    call = Call()
    return run_tests(call.three_people_look_at_the_year, call.the_year_stands_in_words_too,
                     call.a_wrong_day_is_refused_in_words, call.longer_for_all, call.longer_for_one,
                     call.one_reminder_to_all_who_have_not_applied, call.all_end_well,
                     after_the_close_it_says_so, in_order=True)


if __name__ == "__main__":
    sys.exit(main())
