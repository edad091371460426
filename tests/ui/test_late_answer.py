#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A supplement is answered without a network and arrives when its day is over: it is refused in
words, and what was written can be read and copied. The supplement is found by its words. A computer
that has not reached the server for days says so, and says when that has been too long."""

import pathlib
import subprocess
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import Office, wrong_clock  # noqa: E402
from madang_tap import run_tests  # noqa: E402

LOGIN = "sisul"
AGENCY = "서울시설공단"
ITEMS = "견본 보완사항: 2020년 예산을 적어 주십시오."
MENDED = "견본 2020년 예산 45,000천원, 전담인력 3명"
WORDS = ("견본 " + "2020년 예산 45,000천원과 전담인력 3명의 내역을 적었습니다. " * 12).strip()
AFTER = ("--programme-now", "2020-03-17T00:00:01+09:00")


class LateAnswer:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.ask()
        self.officer = self.office.open(LOGIN, "officer")

    def ask(self):
        """The coordinator's request, over the wire."""
        record, _, version, _ = self.office.application(AGENCY)
        device = self.office.device("coordinator")
        result = device.push(device.mutation("event", "application", str(uuid.UUID(record)),
                                             base=[version, 0], event="request_supplement",
                                             args={"items": ITEMS, "due": "2020-03-16"}))[0]
        assert result["outcome"] == "applied", result

    def the_supplement_is_found_by_its_words(self):
        officer = self.officer
        officer.display.key("alt+1")
        officer.find("panel", "오늘")
        officer.display.key("ctrl+k")
        officer.wait_for_focus("화면·기록·명령 이름")
        officer.write("화면·기록·명령 이름", "견본 보완사항")
        officer.click(officer.find("list item", contains=ITEMS, start=officer.find("list", "찾은 것")))
        page = officer.find("panel", "신청서")
        wait_for(lambda: not officer.is_unseen(page), "the page of the application")
        assert officer.look("label", ITEMS, start=page)

    def a_new_application_says_why_it_is_off(self):
        officer = self.officer
        officer.display.key("ctrl+k")
        officer.wait_for_focus("화면·기록·명령 이름")
        officer.write("화면·기록·명령 이름", "새 신청서")
        officer.find("list item", contains="신청서가 이미 있습니다")
        officer.display.key("Escape")
        officer.gone("list", "찾은 것")

    def it_is_answered_without_a_network(self):
        officer = self.officer
        self.office.proxy.cut()
        officer.find("push button", "오프라인")
        officer.write("기관연계사업 관련 기타 건의사항", MENDED)
        officer.wait_for_paper(MENDED)
        officer.press_button("보완 제출")
        officer.write("보완한 내용", WORDS)
        officer.press_button("제출하기")
        officer.find("label", contains="아직 접수 전")

    def it_is_refused_in_words(self):
        officer = self.officer
        self.office.server.stop()
        self.office.server.start(*AFTER)
        self.office.proxy.heal()
        officer.display.key("F5")
        officer.press_until("보기", "결정할 변경")
        officer.find("label", "신청서: 보완 제출")
        officer.find("label", contains="보완 기한 2020. 3. 16.(월) 24:00이 지났습니다")
        assert self.office.application(AGENCY)[1] == "received"

    def what_was_written_is_read_and_copied(self):
        officer = self.officer
        officer.find("label", WORDS)  # whole for those who hear it
        officer.press_button("보완한 내용: 모두 보기")
        officer.find("push button", "보완한 내용: 접기")
        card = officer.find("panel", "신청서: 보완 제출")
        officer.press(officer.find("push button", "작성한 내용 복사", start=card))
        wait_for(lambda: self.clipboard() == f"보완한 내용: {WORDS}\n", "the clipboard")
        officer.close()

    def clipboard(self):
        """None while there is no text in it."""
        try:
            return self.officer.display.run("xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING")
        except subprocess.CalledProcessError:
            return None

    def a_computer_without_contact_says_so(self):
        self.office.proxy.cut()
        for offset, words in (("+6d", "까지 네트워크에 연결해 주세요"), ("+8d", "오프라인 사용 기한(")):
            officer = self.office.open(LOGIN, "officer", environment=wrong_clock(offset), today=True)
            officer.find("label", contains=words)
            officer.find("push button", "지금 시도")
            officer.close()

    def all_end_well(self):
        self.office.close()


def main():
    ensure_session_bus()
    journey = LateAnswer(*sys.argv[1:3])
    return run_tests(journey.the_supplement_is_found_by_its_words,
                     journey.a_new_application_says_why_it_is_off,
                     journey.it_is_answered_without_a_network, journey.it_is_refused_in_words,
                     journey.what_was_written_is_read_and_copied,
                     journey.a_computer_without_contact_says_so, journey.all_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
