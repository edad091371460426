#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing out and switching the person ask before they throw away what cannot be saved, as closing
the window does; what can be saved goes without a question."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import OFFICER, Office, go_to_work  # noqa: E402
from madang_tap import run_tests  # noqa: E402

FIELD = "신청부서"
TOO_LONG = "가" * 61
FITS = "나" * 60
QUESTION = "저장하지 못한 내용이 있습니다"
TOLD = "‘신청부서’는 60자까지인데 61자입니다"


class Leaving:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.program = self.office.open(OFFICER, "officer")
        self.program.find("push button", "연결됨")

    def choose(self, item, agency="금천구"):
        """From the menu of the person who works, the officer of that agency."""
        program = self.program
        account = program.find("push button", contains=f"{agency} · 기관 사업담당자")
        program.press(next(node for node in program.walk(account) if node.count_actions()))
        program.press(program.find("menu item", contains=item))

    def is_asked(self, answer):
        self.program.find("label", QUESTION)
        self.program.press(self.program.find("push button", contains=answer))
        self.program.gone("label", QUESTION)

    def switching_asks(self):
        self.program.write(FIELD, TOO_LONG)
        self.program.find("label", contains=TOLD)
        self.choose("은평구")
        self.is_asked("취소")
        assert self.program.value(FIELD) == TOO_LONG

    def signing_out_asks(self):
        self.choose("로그아웃")
        self.is_asked("취소")
        assert self.program.value(FIELD) == TOO_LONG

    def closing_asks(self):
        self.program.display.key("ctrl+w")
        self.is_asked("취소")
        assert self.program.value(FIELD) == TOO_LONG

    def what_can_be_saved_goes_along(self):
        """Nothing is asked, and the last key is on the disk before the next person works."""
        self.program.write(FIELD, FITS)
        self.choose("은평구")
        self.program.find("push button", contains="은평구 · 기관 사업담당자")
        assert not self.program.look("label", QUESTION)
        self.office.wait_for_value("금천구", "dept_name", FITS)

    def signing_out_all_the_same(self):
        self.choose("금천구", "은평구")
        self.program.find("push button", contains="금천구 · 기관 사업담당자")
        go_to_work(self.program)
        self.program.wait_for_value(FIELD, FITS)
        self.program.write(FIELD, TOO_LONG)
        self.program.find("label", contains=TOLD)
        self.choose("로그아웃")
        self.is_asked("그래도 로그아웃")
        wait_for(lambda: not self.program.is_unseen(self.program.field("아이디")), "the page to sign in")

    def everything_ends_well(self):
        self.program.close()
        self.office.close()


def main():
    ensure_session_bus()
    leaving = Leaving(*sys.argv[1:3])
    return run_tests(leaving.switching_asks, leaving.signing_out_asks, leaving.closing_asks,
                     leaving.what_can_be_saved_goes_along, leaving.signing_out_all_the_same,
                     leaving.everything_ends_well, in_order=True)


if __name__ == "__main__":
    sys.exit(main())
