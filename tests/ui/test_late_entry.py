#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper forms that are entered after the call has closed: the coordinator writes them down, the
approver accepts one and refuses the other, and each agency sees what came of its own."""

import json
import os
import pathlib
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402
from madang_wire import new_id, seen_digest  # noqa: E402

APPROVER = "approver"
OTHER_OFFICER = "eunpyeong"
AGENCY, OTHER_AGENCY = "금천구", "은평구"
AFTER = ("--programme-now", "2020-03-16T10:00:00+09:00")
ARRIVED = "종이 신청서 도착일"
ARRIVAL = "종이 신청서는 2020. 2. 24.(월)부터 2020. 3. 13.(금) 사이에 도착해야 합니다"
ENTER = "종이 신청서 입력"
ACCEPT = "지연 입력 승인"
REFUSE = "승인하지 않음…"
REASON = "견본: 기관장 직인이 없습니다."

# The paper as it lies on the coordinator's desk, but for the day on which it came.
PAPER = {
    "신청부서": "마을자치과",
    "담당자": "견본 김담당",
    "연락처": "02-120",
    "E-mail": "sample@example.go.kr",
    "발전방향": "견본: 주민이 제안하고 함께 결정합니다.",
    "운영 및 시민제안 활용내용": "견본: 종이로 받은 제안을 부서가 검토합니다.",
    "시민제안플랫폼 운영계획": "견본: 소식지와 누리집으로 알립니다.",
}
SIGNED = {"신청일": "2020. 3. 12.", "자치구(기관)명 (직인)": AGENCY}
CHOICES = (("민주주의서울 내 기관별 페이지 신청", "신청"), ("기관간 사이트 연계 신청", "미신청"),
           ("기관장 공약사항 여부", "부"), ("사업 참가시 전담조직 또는 운영인력 확보 여부", "가"))

# The other one, as the wire has it.
OTHER_PAPER = {"dept_name": "협치담당관", "officer_name": "견본 이담당", "phone": "02-120",
               "email": "sample@example.go.kr", "direction": "견본: 함께 정합니다.",
               "op_and_use": "견본: 제안을 모읍니다.", "plan": "견본: 널리 알립니다.",
               "page_request": "yes", "link_request": "no", "head_pledge": "no",
               "dedicated_staff": "yes", "signed_on": "2020-03-11", "signer": OTHER_AGENCY,
               "arrived_on": "2020-03-12", "late": True}


def take_picture(program, name):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/late-{name}.png")


class LateEntry:
    """The steps follow each other; each leaves the stage as the next one needs it."""

    def __init__(self, client, server):
        self.office = Office(client, server, options=AFTER)
        self.coordinator = self.office.open(COORDINATOR, "coordinator")
        self.approver = self.office.open(APPROVER, "approver", direct=True, today=True)
        self.officer = self.office.open(OFFICER, "officer", direct=True)

    def id_of(self, agency):
        return str(uuid.UUID(self.office.rows("SELECT lower (hex (id)) FROM record WHERE kind = 'agency'"
                                              " AND json_extract (main, '$.name_ko') = ?", agency)[0][0]))

    def entry(self, agency):
        """State and main part of what the city entered for it last; (None, None) before."""
        rows = self.office.rows("SELECT state, main FROM record WHERE kind = 'application'"
                                " AND json_extract (main, '$.late') AND json_extract (main, '$.agency') = ?"
                                " ORDER BY id DESC", self.id_of(agency))
        return (rows[0][0], json.loads(rows[0][1])) if rows else (None, None)

    def wait_for_state(self, agency, state):
        wait_for(lambda: self.entry(agency)[0] == state, f"the entry of {agency} to be {state}")

    # --- the coordinator --------------------------------------------------------------------------

    def whose_form_it_is(self):
        coordinator = self.coordinator
        coordinator.find("push button", "연결됨")
        coordinator.press_button("종이 신청서 입력…")
        coordinator.find("label", "어느 기관의 종이 신청서입니까?")
        assert not coordinator.may_press("입력 시작")
        coordinator.set_text(coordinator.find("entry", "기관 찾기"), "ㄱㅊㄱ")
        row = coordinator.find("list item", AGENCY)
        coordinator.gone("list item", OTHER_AGENCY)
        coordinator.click(row)
        take_picture(coordinator, "whose")
        coordinator.press_button("입력 시작")
        coordinator.wait_for_focus(ARRIVED)
        assert not coordinator.may_press("빈 칸 채우기"), "a paper is entered as it is"
        self.wait_for_state(AGENCY, "draft")

    def a_paper_that_came_too_late_is_refused_in_words(self):
        coordinator = self.coordinator
        for label, text in {**PAPER, **SIGNED}.items():
            coordinator.write(label, text)
        for group, mark in CHOICES:
            coordinator.choose(group, mark)
        coordinator.write(ARRIVED, "2020. 3. 14.")
        coordinator.find("label", contains=ARRIVAL)
        assert not coordinator.may_press(ENTER)
        take_picture(coordinator, "too-late")

    def what_was_begun_is_gone_on_with(self):
        coordinator = self.coordinator
        coordinator.press_button("뒤로")
        coordinator.press(chip(coordinator, "지연 입력분"))
        coordinator.find("label", "신청서 1건")
        coordinator.click(coordinator.find(contains=f"{AGENCY}, 마을자치과, 작성 중"), times=2)
        wait_for(lambda: (node := coordinator.focused()) and node.name == ARRIVED, "the page of the entry")
        assert coordinator.value(ARRIVED) == "2020. 3. 14.(토)", coordinator.value(ARRIVED)
        for label, text in {**PAPER, "신청일": "2020. 3. 12.(목)"}.items():
            coordinator.wait_for_value(label, text)
        take_picture(coordinator, "gone-on")

    def it_is_handed_to_the_approver(self):
        coordinator = self.coordinator
        coordinator.write(ARRIVED, "2020. 3. 13.")
        coordinator.gone("label", contains=ARRIVAL)
        coordinator.press_button(ENTER)
        coordinator.find("label", contains="승인을 기다립니다")
        self.wait_for_state(AGENCY, "late_entry")
        take_picture(coordinator, "entered")

    def whoever_entered_it_does_not_decide(self):
        coordinator = self.coordinator
        coordinator.press_button("뒤로")
        coordinator.click(coordinator.find(contains=f"{AGENCY}, 마을자치과, 지연 입력 승인 대기"), times=2)
        coordinator.find("label", contains="2020. 3. 13.(금)에 도착한 종이 신청서입니다")
        for name in (ACCEPT, REFUSE, "접수"):
            assert not coordinator.may_press(name), name
        coordinator.press_button("뒤로")

    def nobody_else_sees_it_yet(self):
        self.officer.find("label", contains="제출하기 전에 접수가 마감되었습니다")
        assert PAPER["발전방향"] not in self.officer.paper()

    # --- the approver -----------------------------------------------------------------------------

    def the_approver_accepts_one(self):
        approver = self.approver
        approver.click(approver.find("list item", contains=f"지연 입력 승인 대기, 신청서 · {AGENCY}"))
        approver.find("label", contains="2020. 3. 13.(금)에 도착한 종이 신청서입니다")
        approver.wait_for_paper(PAPER["발전방향"])
        take_picture(approver, "to-be-accepted")
        approver.press_button(ACCEPT)
        self.wait_for_state(AGENCY, "submitted")
        approver.gone("push button", ACCEPT)

    def its_agency_sees_it_and_the_city_receives_it(self):
        officer = self.officer
        officer.find("label", contains="제출했습니다")
        officer.wait_for_paper(PAPER["발전방향"])
        take_picture(officer, "accepted")
        coordinator = self.coordinator
        coordinator.click(coordinator.find(contains=f"{AGENCY}, 마을자치과, 제출됨"), times=2)
        coordinator.press_button("접수")
        coordinator.find("label", contains="접수번호 접수-2020-")
        officer.find("label", contains="에 접수되었습니다. 접수번호 접수-2020-")

    def another_one_is_refused_with_a_reason(self):
        self.enter_another()
        approver = self.approver
        approver.display.key("alt+1")
        approver.click(approver.find("list item", contains=f"지연 입력 승인 대기, 신청서 · {OTHER_AGENCY}"))
        approver.wait_for_paper(OTHER_PAPER["direction"])
        approver.press_button(REFUSE)
        approver.find("label", "종이 신청서를 승인하지 않으시겠습니까?")
        assert not approver.may_press("승인 안 함"), "without a reason"
        approver.write("사유", REASON)
        take_picture(approver, "refusing")
        approver.press_button("승인 안 함")
        approver.find("label", contains=f"종이 신청서를 승인하지 않았습니다. 사유: {REASON}")
        self.wait_for_state(OTHER_AGENCY, "refused")

    def enter_another(self):
        """Written down and handed over at another desk of the coordinator's."""
        device = self.office.device(COORDINATOR)
        programme = self.office.rows("SELECT lower (hex (id)) FROM record WHERE kind = 'programme'")[0][0]
        values = {**OTHER_PAPER, "agency": self.id_of(OTHER_AGENCY), "programme": str(uuid.UUID(programme))}
        made = device.push(device.mutation("create", "application", new_id(), scope="office",
                                           edits=[[name, None, value] for name, value in values.items()]))[0]
        assert made["outcome"] == "applied", made
        seen = seen_digest("application", made["id"], "draft", made["docs"])
        result = device.push(device.mutation("event", "application", made["id"], base=made["v"],
                                             event="enter_late", args={}, seen=seen))[0]
        assert result["outcome"] == "applied", result

    def what_was_refused_keeps_its_text(self):
        state, main = self.entry(OTHER_AGENCY)
        assert state == "refused" and main["refusal_reason"] == REASON, (state, main)
        kept = {name: main[name] for name in OTHER_PAPER if name in main}
        assert kept == {name: OTHER_PAPER[name] for name in kept} and "plan" in kept, kept
        coordinator = self.coordinator
        coordinator.press_button("뒤로")
        coordinator.click(coordinator.find(contains=f"{OTHER_AGENCY}, 협치담당관, 지연 입력 불승인"), times=2)
        coordinator.find("label", contains=REASON)
        coordinator.wait_for_paper(OTHER_PAPER["direction"])
        assert not coordinator.may_press("접수")
        take_picture(coordinator, "refused")

    def its_agency_is_told_why(self):
        other = self.office.open(OTHER_OFFICER, "other", direct=True, today=True)
        told = other.find("list item", contains="종이 신청서의 지연 입력이 승인되지 않았습니다").name
        assert REASON in told, told
        take_picture(other, "told")
        assert not other.look(contains=OTHER_PAPER["direction"])
        other.close()

    def all_end_well(self):
        for program in (self.coordinator, self.approver, self.officer):
            program.close()
        self.office.close()


def chip(program, label):
    """The button of a filter, whatever its count is."""
    return wait_for(lambda: next((node for node in program.walk(program.find(name="보이는 범위"))
                                  if node.role != "label" and node.name.startswith(label + " ")), None),
                    f"the filter {label}")


def main():
    ensure_session_bus()
    journey = LateEntry(*sys.argv[1:3])
    return run_tests(journey.whose_form_it_is, journey.a_paper_that_came_too_late_is_refused_in_words,
                     journey.what_was_begun_is_gone_on_with, journey.it_is_handed_to_the_approver,
                     journey.whoever_entered_it_does_not_decide, journey.nobody_else_sees_it_yet,
                     journey.the_approver_accepts_one, journey.its_agency_sees_it_and_the_city_receives_it,
                     journey.another_one_is_refused_with_a_reason, journey.what_was_refused_keeps_its_text,
                     journey.its_agency_is_told_why, journey.all_end_well, in_order=True)


if __name__ == "__main__":
    sys.exit(main())
