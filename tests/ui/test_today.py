#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The day's page and its calendar: what is due and what waits, for an officer and a coordinator; a
notice is acknowledged; the days are saved for other calendars."""

import pathlib
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

AGENCY = "서울시설공단"
ITEMS = "견본: 직인이 찍힌 쪽을 다시 보내 주십시오."
NOTICE = "접수 마감이 다가옵니다"


class Day:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.officer = None
        self.city = self.office.device(COORDINATOR)

    def ask_for_supplement(self, due):
        record, _, version, _ = self.office.application(AGENCY)
        result = self.city.push(self.city.mutation("event", "application", str(uuid.UUID(record)),
                                                   base=[version, 0], event="request_supplement",
                                                   args={"items": ITEMS, "due": due}))[0]
        assert result["outcome"] == "applied", result

    # --- the officer ----------------------------------------------------------------------------

    def officer_sees_the_week_and_the_draft(self):
        self.officer = self.office.open(OFFICER, "officer", today=True)
        self.officer.find("list item", contains="신청접수 마감, 사업 · 2020년 민주주의 서울 기관협력 사업, "
                                                "2020. 3. 13.(금), 4일 남음(근무일 4일)")
        self.officer.find("label", "이번 주 3건")
        self.officer.find("list item", "작성해서 제출하기, 신청서 · 금천구")
        assert not self.officer.look(contains="접수하기, ")

    def a_notice_is_acknowledged(self):
        told = "SELECT count (*) FROM record WHERE kind = 'notice' AND state = 'read'"
        self.officer.find("label", "알림 1건")
        assert self.office.rows(told) == [(0,)]
        self.officer.press_button(f"확인: {NOTICE}")
        self.officer.gone("list item", contains=NOTICE)
        wait_for(lambda: self.office.rows(told) == [(1,)], "the acknowledgement on the server")

    def a_line_opens_where_the_work_is(self):
        self.officer.click(self.officer.find("list item", "작성해서 제출하기, 신청서 · 금천구"))
        field = self.officer.find("text", "신청부서")
        wait_for(lambda: not self.officer.is_unseen(field), "the form")
        self.officer.display.key("alt+1")

    def without_a_network_it_says_what_waits(self):
        self.office.proxy.cut()
        self.officer.find("push button", "오프라인")
        self.officer.write("신청부서", "견본 마을자치과")
        self.officer.find("list item", contains="신청서: 변경, 신청서 · 금천구")
        self.office.proxy.heal()
        self.officer.display.key("F5")
        self.officer.gone("list item", contains="신청서: 변경")
        self.officer.close()

    def a_supplement_comes_and_is_due(self):
        other = self.office.open("sisul", "sisul", today=True)
        other.find("list item", contains=f"제출함, 아직 접수 전, 신청서 · {AGENCY}")
        self.ask_for_supplement("2020-03-10")
        line = other.find("list item", contains=f"보완 기한, 신청서 · {AGENCY}, 2020. 3. 10.(화), 내일")
        other.find("list item", contains=ITEMS)  # the notice, in its own words
        other.gone("list item", contains="제출함, 아직 접수 전")
        assert not other.look("list item", contains="보완해서 제출하기"), "told twice"
        other.click(line)
        field = other.find("text", "신청부서")
        wait_for(lambda: not other.is_unseen(field), "the form")
        other.close()

    # --- the coordinator ------------------------------------------------------------------------

    def coordinator_sees_what_is_to_be_received(self):
        program = self.office.open(COORDINATOR, "city", today=True)
        program.find("label", "나를 기다리는 일 2건")
        program.find("list item", contains="접수하기, 신청서 · 송파구")
        program.find("list item", contains=f"기관 보완 기한, 신청서 · {AGENCY}, 2020. 3. 10.(화), 내일")
        program.click(program.find("list item", contains="접수하기, 신청서 · 송파구"))
        program.find("panel", "송파구")
        program.close()

    # --- the calendar ---------------------------------------------------------------------------

    def calendar_by_keys(self):
        program = self.office.open("approver", "approver", today=True)
        program.find("push button", "연결됨")
        program.display.key("ctrl+d")
        program.wait_for_focus("2020. 3. 9.(월), 오늘, 기한 없음")
        holiday = program.find("push button", contains="2020. 3. 1.(일), 3·1절, 추진 단계 시작")
        assert not program.is_unseen(holiday)
        program.display.key("Right")
        program.find("label", contains="2020. 3. 10.(화) 1건")
        program.display.key("Down", "Page_Down")
        wait_for(lambda: program.focused().name.startswith("2020. 4. 17.(금)"), "a month later")
        program.display.key("Page_Up", "Up", "Return")  # the one thing of the day
        program.find("panel", AGENCY)
        program.display.key("Escape")
        self.save(program)
        program.close()

    def save(self, program):
        path = self.office.home / "일정.ics"
        program.press_button("iCalendar로 저장…")
        program.write("이름(N):", str(path))
        program.press_button("저장(_S) 저장(S)")
        wait_for(path.exists, "the file")
        events = read_events(path)
        assert ("20200313", "신청접수 마감: 사업 · 2020년 민주주의 서울 기관협력 사업") in events, events
        assert ("20200310", f"기관 보완 기한: 신청서 · {AGENCY}") in events, events
        assert len(events) == len(set(events)) == 17, events

    def close(self):
        self.office.close()


def read_events(path):
    """The day and the summary of each event, of lines that were folded (RFC 5545, 3.1)."""
    lines = path.read_bytes().replace(b"\r\n ", b"").decode().split("\r\n")
    days = [line.split(":", 1)[1] for line in lines if line.startswith("DTSTART;VALUE=DATE:")]
    summaries = [line.split(":", 1)[1] for line in lines if line.startswith("SUMMARY:")]
    assert len(days) == len(summaries) == lines.count("BEGIN:VEVENT")
    return [(day, summary.replace("\\,", ",")) for day, summary in zip(days, summaries)]


def main():
    ensure_session_bus()
    day = Day(*sys.argv[1:3])
    try:
        return run_tests(day.officer_sees_the_week_and_the_draft, day.a_notice_is_acknowledged,
                         day.a_line_opens_where_the_work_is, day.without_a_network_it_says_what_waits,
                         day.a_supplement_comes_and_is_due, day.coordinator_sees_what_is_to_be_received,
                         day.calendar_by_keys)
    finally:
        day.close()


if __name__ == "__main__":
    sys.exit(main())
