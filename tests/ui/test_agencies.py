#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Annex 1 as people use it: the table and its filters, the map, correcting a row,
and an application that is filled from what is known."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

AREA = "기관·시스템 현황"
NEW_NOTE = "15일간 15표 이상 공감 획득시, 실무부서 검토 진행"


class Agencies:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.display = self.office.display()
        self.program = self.office.sign_in(COORDINATOR, "city", self.display)
        self.program.find("push button", "연결됨")

    def observations(self, agency=None):
        rows = [json.loads(main) for (main,) in
                self.office.rows("SELECT main FROM record WHERE kind = 'system_observation' ORDER BY rowid")]
        if agency is None:
            return rows
        ids = {json.loads(main)["name_ko"]: record for record, main in
               self.office.rows("SELECT lower (hex (id)), main FROM record WHERE kind = 'agency'")}
        return [row for row in rows if row["agency"].replace("-", "") == ids[agency]]

    def show_area(self, program):
        program.click(program.find("list item", AREA))
        program.find("entry", "기관·시스템 검색")

    def search(self, text, count):
        self.program.set_text(self.program.find("entry", "기관·시스템 검색"), text)
        self.program.find("label", count)

    # --- the table ----------------------------------------------------------------------------

    def table_and_filters(self):
        self.show_area(self.program)
        self.program.find("label", "51줄")
        self.search("ㅊㅇㄱㅈ", "1줄")
        self.program.find(contains="중랑구, 창의광장")
        self.search("국민신문고와 통", "6줄")
        self.search("", "51줄")
        self.display.key("ctrl+f")
        self.program.type("zzz")
        self.program.find(contains="찾은 것이 없습니다")
        self.display.key("ctrl+a", "BackSpace")
        self.program.find("label", "51줄")

    def map_says_the_same(self):
        self.program.click(self.program.find("push button", "지도"))
        self.program.find("push button", "종로구: 국민신문고 통합")
        assert self.program.find(contains="자치구 지도: 시스템 종류").name.endswith("예정 1")
        self.program.click(self.program.find("push button", "노원구: 언급 없음"))
        self.program.find("label", "구민제안방")
        self.display.key("Escape")
        self.program.wait_for_focus("노원구: 언급 없음")
        self.display.key("Left")
        self.program.wait_for_focus("도봉구: 국민신문고 통합")
        self.display.key("Return")
        self.program.find("label", "참여 - 구민제안")
        self.display.key("Escape")
        self.program.click(self.program.find("push button", "표"))

    # --- correcting ---------------------------------------------------------------------------

    def correct_a_row(self):
        before = self.observations("금천구")
        self.search("금천", "1줄")
        row = self.program.find(name="금천구, 금천1번가")
        self.program.click(row, 2)
        self.program.press_button("이 줄 바로잡기")
        self.program.wait_for_value("확인일", "2020. 3. 9.(월)")
        self.program.write("비고", NEW_NOTE)
        self.program.write("확인일", "2020. 3. 10.")
        self.program.press_button("저장")
        self.program.find("label", contains="‘확인일’이 오늘보다 뒤입니다")
        self.program.write("확인일", "2020. 3. 8.")
        self.program.press_button("저장")
        wait_for(lambda: len(self.observations("금천구")) == 2, "the observation at the server")
        after = self.observations("금천구")
        assert after[0] == before[0], "the annex was written over"
        assert after[1]["note"] == NEW_NOTE and after[1]["observed_on"] == "2020-03-08", after
        assert "raw_note" not in after[1], "what was printed belongs to the annex"
        self.program.find("label", contains="2020. 3. 8.(일) · 사이트 조사")
        self.program.find(contains="2020. 2. 24.(월) · 추진계획 붙임 1")
        self.display.key("Escape")

    def institution_by_hand(self):
        self.search("서울의료원", "1줄")
        self.program.click(self.program.find(name="서울의료원, 등록된 시스템 없음"), 2)
        self.program.find("label", "이 기관에 등록된 시민제안 시스템이 없습니다.")
        self.program.press_button("이 기관의 시스템 추가")
        self.program.press_button("저장")
        self.program.find("label", contains="비어 있는 칸: 시스템 이름")
        self.program.write("시스템 이름", "견본 고객의 소리")
        self.program.press_button("저장")
        wait_for(lambda: len(self.observations("서울의료원")) == 1, "the system of the institution")
        assert self.observations("서울의료원")[0]["name"] == "견본 고객의 소리"
        self.program.find("label", "견본 고객의 소리")
        self.display.key("Escape")

    # --- the application ----------------------------------------------------------------------

    def fill_the_application(self):
        self.program.close()
        display = self.office.display()
        program = self.office.open("eunpyeong", "eunpyeong", display)
        program.click(program.find("list item", "신청서"))
        program.press_button("신청서 쓰기 시작")
        program.press_button("빈 칸 채우기")
        program.wait_for_value("제안사이트명", "아이디어광장")
        program.wait_for_value("운영방법", "정책토론방 운영")
        program.wait_for_value("신청부서", "기획예산과")
        program.write("신청부서", "협치담당관")
        program.press_button("채우기 취소")
        program.wait_for_value("제안사이트명", "")
        assert program.value("신청부서") == "협치담당관", "what was typed was taken back too"
        program.press_button("빈 칸 채우기")
        self.office.wait_for_value("은평구", "site_name", "아이디어광장")
        self.office.wait_for_value("은평구", "dept_name", "협치담당관")
        program.close()

    def officer_sees_own_only(self):
        program = self.office.open(OFFICER, "officer")
        self.show_area(program)
        program.find("label", "1줄")
        program.find(name="금천구, 금천1번가")
        program.close()

    def everything_ends_well(self):
        self.office.close()


def main():
    ensure_session_bus()
    agencies = Agencies(*sys.argv[1:3])
    return run_tests(agencies.table_and_filters, agencies.map_says_the_same, agencies.correct_a_row,
                     agencies.institution_by_hand, agencies.fill_the_application,
                     agencies.officer_sees_own_only, agencies.everything_ends_well)


if __name__ == "__main__":
    sys.exit(main())
