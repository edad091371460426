#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An officer changes post while a change of a draft has not been sent. The administrator hands the
role over: the officer's rights end at once, in words and with the change kept; the successor is
told what is open, opens it from the list and goes on writing."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import OFFICER, Office, query  # noqa: E402
from madang_tap import run_tests  # noqa: E402

SUCCESSOR = "successor"
PASSWORD = "긴 시험용 비밀번호 하나"
FIELD = "운영기간"
SENT = "견본 2018년 9월 ~ 2020년 2월"
UNSENT = "견본 보내지 못한 기간"
GOES_ON = "견본 이어서 쓴 기간"


class HandOver:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.add_successor(server)
        self.officer = self.office.open(OFFICER, "officer", today=True)
        self.admin = self.office.open("admin", "admin", direct=True, today=True)

    def add_successor(self, server):
        """Somebody whose earlier role has run out."""
        subprocess.run([server, "account", "add", "--database", str(self.office.server.directory / "central.db"),
                        "--login", SUCCESSOR, "--name", "견본 후임자", "--role", "agency_officer", "--agency",
                        "금천구", "--from", "2020-01-01", "--to", "2020-03-01"],
                       input=PASSWORD + "\n", text=True, check=True, capture_output=True)

    def open_area(self, program, name):
        row = program.find("list item", name)
        program.click(row)

    def the_officer_writes_without_a_network(self):
        officer = self.officer
        self.open_area(officer, "신청서")
        officer.field(FIELD)
        officer.write(FIELD, SENT)
        self.office.wait_for_value("금천구", "op_period", SENT)
        self.office.proxy.cut()
        officer.write(FIELD, UNSENT)
        officer.find("push button", contains="보낼 변경")

    def the_administrator_hands_over(self):
        admin = self.admin
        self.open_area(admin, "계정 관리")
        assert not admin.look("list item", "사업"), "no matter of the administrator"
        row = admin.find("table row", contains="geumcheon, 견본 김담당, 기관 사업담당자(금천구)")
        admin.click(row, times=2)
        admin.press_button("인계…: 기관 사업담당자(금천구)")
        admin.find("label", "기관 사업담당자(금천구), 견본 김담당(geumcheon)")
        admin.find("label", contains="진행 중인 업무 목록은 서버가 만들며")
        admin.find("label", "후임자를 선택해 주세요.")
        self.choose("geumcheon")
        admin.find("label", contains="지금 맡고 있는 계정입니다")
        assert not admin.may_press("인계")
        self.choose(SUCCESSOR)
        admin.press_button("인계")
        admin.find("label", "역할을 인계했습니다")
        admin.find("list item", contains="· 회수됨")
        roles = "SELECT count (*) FROM record WHERE kind = 'role_grant' AND state = 'active'" \
                " AND json_extract (main, '$.scope_name') = '금천구'" \
                " AND json_extract (main, '$.valid_from') = '2020-03-09'"
        wait_for(lambda: self.office.rows(roles) == [(1,)], "the new grant")

    def choose(self, login):
        admin = self.admin
        admin.set_text(admin.find("entry", "후임자 찾기"), login)
        admin.find("list item", contains=f"({login}),")

    def the_officers_rights_end_and_the_change_stays(self):
        officer = self.officer
        self.office.proxy.heal()
        officer.display.key("F5")
        officer.find("label", contains="맡은 역할이 없어 업무를 볼 수 없습니다")
        officer.gone("list item", "신청서")
        officer.gone("list item", "사업")
        officer.find("push button", "결정할 변경 1건")
        assert not officer.look(contains="충돌"), "refused is not in conflict"
        officer.press_until("보기", "결정할 변경")
        officer.find("label", "신청서: 변경")
        officer.find("label", contains="맡은 역할이 끝나 서버가 변경을 받지 않았습니다")
        assert self.office.value("금천구", "op_period") == SENT
        # Their own words can be read and copied; of the record, nothing else is shown.
        officer.find("label", FIELD)
        officer.find("label", UNSENT)
        officer.press_button("작성한 내용 복사")
        wait_for(lambda: self.clipboard() == f"{FIELD}: {UNSENT}\n", "the copy")
        assert not officer.look(contains=SENT) and not officer.look(contains="신청부서")
        kept = query(self.office.cache("officer"), "SELECT code FROM outbox WHERE refused")
        assert kept == [("right.ended",)], kept

    def clipboard(self):
        """None while there is no text in it."""
        try:
            return self.officer.display.run("xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING")
        except subprocess.CalledProcessError:
            return None

    def the_successor_finds_the_list_and_goes_on(self):
        successor = self.office.sign_in(SUCCESSOR, "successor", password=PASSWORD)
        self.open_area(successor, "오늘")
        self.open_notice(successor)
        successor.find("label", "진행 중인 업무")
        entry = successor.find("list item", contains="신청서 · 금천구, 작성 중")
        successor.click(entry)
        successor.wait_for_value(FIELD, SENT)
        successor.write(FIELD, GOES_ON)
        self.office.wait_for_value("금천구", "op_period", GOES_ON)

    def open_notice(self, program):
        program.click(program.find("list item", contains="업무를 인계받았습니다"))

    def all_end_well(self):
        self.officer.close()
        self.admin.close()
        self.office.close()


def main():
    ensure_session_bus()
    journey = HandOver(*sys.argv[1:3])
    return run_tests(journey.the_officer_writes_without_a_network,
                     journey.the_administrator_hands_over,
                     journey.the_officers_rights_end_and_the_change_stays,
                     journey.the_successor_finds_the_list_and_goes_on, journey.all_end_well,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
