#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, as two people do it: the officer of an agency writes, prints to PDF and submits the
application without a network; the coordinator of the city sees it arrive and receives it."""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, MISSING, OFFICER, SUBMIT, Office, query  # noqa: E402
from madang_tap import run_tests  # noqa: E402

NEEDS = "두 누리집을 오가는 제안에 같은 번호를 쓰고 싶습니다."
REASON = "금천1번가가 있어 따로 만들지 않습니다."

ON_PAPER = ["금천구", "마을자치과", "견본 김담당 (행정7급 / 주무관)", "02-000-0101",
            "[견본] 금천1번가를", "2018년 9월 ~ 현재", "누리집 상시 접수", "금천1번가",
            "20일간 20표 이상", "4~5월: '안전한 골목'을", "공론 교육을 열어", REASON, NEEDS,
            "20,000천원", "2020년 3월 9일", "서울특별시장 귀하"]


class Journey:
    """The steps follow each other; each leaves the stage as the next one needs it."""

    def __init__(self, client, server):
        self.office = Office(client, server)
        self.officer = self.office.open(OFFICER, "officer")
        self.coordinator = self.office.open(COORDINATOR, "coordinator", direct=True)

    def missing_fields_are_links(self):
        officer = self.officer
        for name in MISSING:
            officer.find("push button", name)
        assert not officer.may_press(SUBMIT)
        assert "빈 칸이 있습니다" in officer.find("push button", SUBMIT).description
        officer.find("label", contains="마감 2020. 3. 13.(금) 24:00, 4일")
        officer.press_button("요청사항")
        officer.wait_for_focus("요청사항")
        wait_for(lambda: officer.is_in_view(officer.field("요청사항")), "the field in view")
        wait_for(lambda: not officer.is_in_view(officer.field("신청부서")), "the form to scroll")
        for name in MISSING:
            assert officer.is_in_view(officer.find("push button", name)), f"{name} scrolled away"

    def the_paper_follows_what_is_written(self):
        officer = self.officer
        officer.type("OPEN API 2.0")
        officer.wait_for_paper("OPEN API 2.0")
        officer.write("요청사항", NEEDS)
        officer.wait_for_paper(NEEDS)
        officer.gone("push button", "요청사항")
        officer.choose("기관장 공약사항 여부", "부")
        officer.wait_for_paper("공약사항 여부 : 가(   ),  부( ○ )")
        officer.choose("기관장 공약사항 여부", "가")
        officer.wait_for_paper("공약사항 여부 : 가( ○ ),  부(   )")
        officer.write("신청일", "2020-03-09")
        officer.wait_for_paper("2020년  3월  9일")
        wait_for(lambda: officer.may_press(SUBMIT), "the form to be complete")

    def not_applying_asks_for_the_reason(self):
        officer = self.officer
        officer.choose("민주주의서울 내 기관별 페이지 신청", "미신청")
        officer.find("push button", "미신청 사유")
        wait_for(lambda: not officer.may_press(SUBMIT), "submitting to be off without a reason")
        officer.press_button("미신청 사유")
        officer.wait_for_focus("미신청 사유")
        officer.write("미신청 사유", REASON)
        officer.choose("사유 구분", "별도 시민제안플랫폼 운영 중")
        officer.wait_for_paper(REASON)
        wait_for(lambda: officer.may_press(SUBMIT), "the form to be complete")

    def a_click_on_the_paper_leads_to_the_field(self):
        paper = self.officer.find("document text")
        self.officer.scroll_to_top(paper.parent.parent)
        self.officer.click_at(paper, 0.8, 0.075)
        self.officer.wait_for_focus("신청부서")

    def the_pdf_holds_every_field(self):
        path = self.office.home / "신청서.pdf"
        self.officer.pick_from_menu("명령 더 보기", "PDF로 저장(D)…")
        self.officer.write("이름(N):", str(path))
        self.officer.press_button("저장(_S) 저장(S)")
        self.officer.find("label", "‘신청서.pdf’ 저장됨")
        read = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True,
                              text=True).stdout
        squeezed = "".join(read.split())
        for text in ON_PAPER:
            assert "".join(text.split()) in squeezed, (text, read)

    def without_a_network_it_waits(self):
        officer = self.officer
        self.office.wait_for_value("금천구", "page_no_reason_kind", "own_platform")
        self.office.proxy.cut()
        officer.find("push button", "오프라인")
        officer.press_button(SUBMIT)
        officer.find("push button", "보낼 변경 1건")
        banner = officer.find("label", contains="아직 접수 전").name
        assert "마감 2020. 3. 13.(금) 24:00, 4일" in banner and "남음" in banner, banner
        officer.press_button("보낼 변경 1건")
        officer.find("label", "신청서: 제출")
        officer.display.key("Escape")
        self.coordinator.find("label", "신청서 6건")
        assert not self.coordinator.look(contains="금천구, 마을자치과, ")
        assert self.office.application("금천구")[1] == "draft"

    def a_lost_reply_has_one_effect(self):
        office = self.office
        office.proxy.lose_next_reply(b"POST /sync/v1/push")
        office.proxy.heal()
        self.officer.display.key("F5")
        self.officer.find("label", contains="에 제출했습니다. 시에서 접수하고")
        assert office.proxy.lost == 1
        record, state, version, _ = office.application("금천구")
        assert state == "submitted"
        submits = office.rows("SELECT mid FROM change WHERE event = 'submit' AND lower (hex (record)) = ?", record)
        assert len(set(submits)) == 1, submits
        assert len(office.rows("SELECT 1 FROM done WHERE mid = ?", submits[0][0])) == 1
        self.officer.find("push button", "연결됨")
        cached = self.cached()
        assert cached == (state, version), (cached, state, version)

    def cached(self):
        return query(self.office.cache("officer"),
                     "SELECT state, v FROM record WHERE kind = 'application'")[0]

    def the_coordinator_sees_it_arrive_and_receives_it(self):
        coordinator = self.coordinator
        coordinator.find("label", "신청서 7건")
        row = coordinator.find(contains="금천구, 마을자치과, 제출됨")
        coordinator.click(row, times=2)
        coordinator.wait_for_paper(NEEDS)
        coordinator.press_button("접수")
        coordinator.find("label", contains="접수번호 접수-2020-")

    def the_officer_sees_the_number(self):
        label = self.officer.find("label", contains="에 접수되었습니다. 접수번호 접수-2020-")
        record, state, _, main = self.office.application("금천구")
        assert state == "received"
        assert json.loads(main)["receipt_number"] in label.name
        receives = self.office.rows("SELECT DISTINCT mid FROM change WHERE event = 'receive'"
                                    " AND lower (hex (record)) = ?", record)
        assert len(receives) == 1
        assert not self.officer.may_press(SUBMIT)

    def both_end_well(self):
        self.officer.close()
        self.coordinator.close()
        self.office.close()


def main():
    ensure_session_bus()
    journey = Journey(*sys.argv[1:3])
    return run_tests(journey.missing_fields_are_links,
                     journey.the_paper_follows_what_is_written,
                     journey.not_applying_asks_for_the_reason,
                     journey.a_click_on_the_paper_leads_to_the_field,
                     journey.the_pdf_holds_every_field,
                     journey.without_a_network_it_waits,
                     journey.a_lost_reply_has_one_effect,
                     journey.the_coordinator_sees_it_arrive_and_receives_it,
                     journey.the_officer_sees_the_number,
                     journey.both_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
