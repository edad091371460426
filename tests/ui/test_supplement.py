#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A supplement, as two people go through it: the city receives an application and asks for what is
missing, the officer mends it without a network, and it is received again under its first number."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, SUBMIT, Office, complete  # noqa: E402
from madang_tap import run_tests  # noqa: E402

ASK = "보완 요청…"
HAND_IN = "보완 제출"
ITEMS = "운영현황에 2020년 예산과 전담인력을 적어 주십시오."
WORDS = "예산 45,000천원을 적었습니다."
MENDED = "2020년 예산 45,000천원, 전담인력 3명"
DUE = "2020. 3. 16.(월) 24:00"


class Supplement:
    """The steps follow each other; each leaves the stage as the next one needs it."""

    def __init__(self, client, server):
        self.office = Office(client, server)
        self.officer = self.office.open(OFFICER, "officer")
        self.coordinator = self.office.open(COORDINATOR, "coordinator", direct=True)
        self.number = None
        self.received_at = None

    def main(self):
        return json.loads(self.office.application("금천구")[3])

    def state(self):
        return self.office.application("금천구")[1]

    def requests(self):
        return [(state, json.loads(main)) for state, main in self.office.rows(
            "SELECT state, main FROM record WHERE kind = 'supplement_request'")
            if json.loads(main)["agency"] == self.main()["agency"]]

    def it_is_submitted_and_received(self):
        complete(self.officer)
        self.officer.press_button(SUBMIT)
        row = self.coordinator.find(contains="금천구, 마을자치과, 제출됨")
        self.coordinator.click(row, times=2)
        self.coordinator.press_button("접수")
        self.coordinator.find("label", contains="접수번호 접수-2020-")
        self.number = self.main()["receipt_number"]
        self.received_at = self.main()["received_at"]
        self.officer.find("label", contains=f"접수번호 {self.number}")

    def a_day_off_moves_in_words(self):
        coordinator = self.coordinator
        coordinator.press_button(ASK)
        coordinator.write("보완사항", ITEMS)
        assert not coordinator.may_press("요청")
        coordinator.write("보완 기한", "2020. 3. 9.")
        coordinator.find("label", contains="2020. 3. 9.(월) 뒤의 날짜")
        assert not coordinator.may_press("요청")
        coordinator.write("보완 기한", "2020. 3. 14.")
        coordinator.find("label", contains=f"다음 근무일인 {DUE}까지")
        coordinator.press_button("요청")
        coordinator.find("label", ITEMS)
        coordinator.find("label", contains=f"보완 기한 {DUE}, ")
        assert self.state() == "supplement"
        assert [(state, one["due"]) for state, one in self.requests()] == [("open", "2020-03-16")]

    def the_letter_is_made_from_it(self):
        coordinator = self.coordinator
        coordinator.press_button("보완요청서 보기")
        coordinator.find("label", "보완요청서")
        papers = lambda: [node.description for node in coordinator.walk()
                          if node.role == "document text"]
        letter = wait_for(lambda: next((text for text in papers() if "금천구청장(마을자치과장)" in text), None),
                          "the letter")
        for text in (ITEMS, f"보완기한: {DUE}까지", self.number, "붙임  없음.  끝.", "확인번호"):
            assert text in letter, (text, letter)
        coordinator.press_button("뒤로")
        coordinator.find("label", ITEMS)

    def the_officer_sees_what_and_until_when(self):
        officer = self.officer
        officer.find("label", contains="시에서 보완을 요청했습니다")
        officer.find("label", ITEMS)
        left = officer.find("label", contains=f"보완 기한 {DUE}, ").name
        assert left.endswith("남음"), left
        assert not officer.may_press(SUBMIT)
        wait_for(lambda: officer.may_press(HAND_IN), "the supplement to be possible")

    def it_is_mended_and_handed_in_without_a_network(self):
        officer = self.officer
        self.office.proxy.cut()
        officer.find("push button", "오프라인")
        officer.write("기관연계사업 관련 기타 건의사항", MENDED)
        officer.wait_for_paper(MENDED)
        officer.press_button(HAND_IN)
        officer.write("보완한 내용", WORDS)
        officer.press_button("제출하기")
        banner = officer.find("label", contains="아직 접수 전").name
        assert f"보완 기한 {DUE}, " in banner, banner
        assert not officer.may_press(HAND_IN)
        assert self.state() == "supplement"
        assert self.main().get("suggestions") != MENDED

    def it_arrives_with_the_network(self):
        self.office.proxy.heal()
        self.officer.display.key("F5")
        self.officer.find("label", contains="보완하여 제출했습니다")
        assert self.state() == "submitted"
        assert self.main()["suggestions"] == MENDED
        assert self.main()["receipt_number"] == self.number
        assert [(state, one["answer"]) for state, one in self.requests()] == [("answered", WORDS)]

    def it_is_received_again_under_its_first_number(self):
        coordinator = self.coordinator
        coordinator.find("label", contains=WORDS)
        coordinator.wait_for_paper(MENDED)
        coordinator.press_button("접수")
        coordinator.find("label", contains=f"접수번호 {self.number}")
        wait_for(lambda: self.state() == "received", "the server")
        assert self.main()["receipt_number"] == self.number
        assert self.main()["received_at"] == self.received_at

    def the_officer_has_the_receipt(self):
        officer = self.officer
        officer.find("label", contains=f"에 접수되었습니다. 접수번호 {self.number}")
        officer.press_button("접수증")
        officer.find("label", "접수증")
        wait_for(lambda: any(self.number in node.description and "접 수 증" in node.description
                             for node in officer.walk() if node.role == "document text"),
                 "the receipt")

    def both_end_well(self):
        self.officer.close()
        self.coordinator.close()
        self.office.close()


def main():
    ensure_session_bus()
    journey = Supplement(*sys.argv[1:3])
    return run_tests(journey.it_is_submitted_and_received,
                     journey.a_day_off_moves_in_words,
                     journey.the_letter_is_made_from_it,
                     journey.the_officer_sees_what_and_until_when,
                     journey.it_is_mended_and_handed_in_without_a_network,
                     journey.it_arrives_with_the_network,
                     journey.it_is_received_again_under_its_first_number,
                     journey.the_officer_has_the_receipt,
                     journey.both_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
