#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Annex 1 as people use it: the table and its filters, the map, correcting a row; the table as a
file, that file corrected and taken in again, ten thousand rows of rubbish; and an application that is
filled from what is known. With MADANG_PICTURES=FOLDER it leaves pictures."""

import csv
import json
import os
import pathlib
import random
import sys
import threading
import time
import unicodedata
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402
from madang_tree import ROOT, Bus  # noqa: E402

AREA = "기관·시스템 현황"
RUBBISH = 10000
LONGEST_WORK = 0.06  # seconds of the main thread between two answers
LETTERS = "가나다라마바사금천강남구;=@-+<>'0123456789 "
HEADING = "기관,시스템 이름,확인일,출처,비고,정책토론,연간 공모 횟수"
NEW_NOTE = "15일간 15표 이상 공감 획득시, 실무부서 검토 진행"


class Pulse(threading.Thread):
    """Asks a program something small again and again. What keeps its main thread from answering is
    measured in the thread's own time, which a busy machine does not stretch."""

    def __init__(self, program):
        super().__init__(daemon=True)
        self.bus, self.name = Bus(), program.name
        process = program.process.pid
        self.clock = pathlib.Path(f"/proc/{process}/task/{process}/schedstat")
        self.longest, self.answers, self.ending = 0, 0, False

    def worked(self):
        return int(self.clock.read_text().split()[0]) / 1e9

    def run(self):
        while not self.ending:
            before = self.worked()
            self.bus.ask(self.name, ROOT, "org.a11y.atspi.Accessible", "GetState")
            self.longest = max(self.longest, self.worked() - before)
            self.answers += 1
            time.sleep(0.004)

    def end(self):
        self.ending = True
        self.join()
        return self.longest


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

    # --- saving and importing -------------------------------------------------------------------

    def picture(self, name):
        folder = os.environ.get("MADANG_PICTURES")
        if folder:
            os.makedirs(folder, exist_ok=True)
            self.display.picture(f"{folder}/{name}.png")

    def save(self, menu_item, path):
        self.program.pick_from_menu("명령 더 보기", menu_item)
        self.program.write("이름(N):", str(path))
        self.program.press_button("저장(_S) 저장(S)")
        self.program.find("label", contains=f"‘{path.name}’ 저장됨")
        wait_for(path.exists, "the file")

    def saved_as_shown(self):
        table, workbook = self.office.home / "현황.csv", self.office.home / "현황.xlsx"
        self.search("", "51줄")
        self.save("CSV로 저장…", table)
        self.search("견본 고객의 소리", "1줄")
        self.save("XLSX로 저장…", workbook)
        self.search("", "51줄")
        with open(table, encoding="utf-8-sig", newline="") as file:
            heading, *rows = csv.reader(file)
        assert len(rows) == 51 and rows[0][0] == "종로구", rows[:2]
        row = next(dict(zip(heading, row)) for row in rows if row[0] == "금천구")
        assert row["비고"] == NEW_NOTE and row["확인일"] == "2020-03-08", row
        with zipfile.ZipFile(workbook) as archive:
            strings = archive.read("xl/sharedStrings.xml").decode()
        assert "서울의료원" in strings and "금천구" not in strings, strings

    def choose(self, path):
        """Its dialog takes a path once it is asked to."""
        self.display.key("ctrl+o")
        self.program.find("push button", contains="열기(")
        self.display.key("ctrl+l")
        self.program.set_text(self.program.find("text", "GtkFileChooserEntry"), str(path))
        self.program.press_button("열기(_O) 열기(O)")

    def lines(self):
        """What the list says of the lines in view: title and result by line."""
        rows = ([cell.children[0].name for cell in row.children if cell.children] for row in self.program.walk())
        return {int(row[0]): tuple(row[1:]) for row in rows if len(row) == 3 and row[0].isdecimal()}

    def corrected_file(self):
        """The saved table, two of its rows corrected as a spreadsheet would write them."""
        before = self.observations()
        with open(self.office.home / "현황.csv", encoding="utf-8-sig", newline="") as file:
            heading, *rows = csv.reader(file)
        for row in rows:
            if row[0] in ("강남구", "동대문구"):
                row[heading.index("확인일")] = "2020. 3. 2."
                row[heading.index("출처")] = "사이트 조사"
                row[heading.index("정책토론")] = "O"
                row[heading.index("비고")] = "'=1+1"
        path = self.office.home / "corrected.csv"
        with open(path, "w", encoding="cp949", newline="") as file:
            csv.writer(file).writerows([heading, *rows])
        self.program.press_button("현황 자료 가져오기…")
        self.program.find("push button", "CSV 파일 고르기…")
        self.choose(path)
        self.program.find("label", "정상 2건, 제외 49건")
        self.program.find("label", contains="가져오지 않는 열: ")
        wait_for(lambda: len(self.lines()) == 51, "all lines")
        good = {title: words for title, words in self.lines().values() if words.startswith("정상")}
        assert any("동대문구" in title and "정책토론 예" in words and "비고 =1+1" in words
                   for title, words in good.items()), self.lines()
        self.picture("import-corrected")
        assert self.observations() == before, "something was written before it was asked for"
        self.program.press_button("2건 가져오기")
        self.program.find("label", "2건 중 2건 가져옴, 49건 제외")
        wait_for(lambda: len(self.observations()) == len(before) + 2, "the two rows at the server")
        assert self.observations()[:len(before)] == before, "what was there was written over"
        assert self.observations("동대문구")[-1]["has_policy_debate"] == "y"
        assert self.observations("동대문구")[-1]["note"] == "=1+1"
        self.choose(path)
        self.program.find("label", "정상 0건, 제외 51건")
        assert not self.program.may_press("2건 가져오기")

    def rubbish(self):
        """Ten thousand rows, of which two are good: the first, and the last in decomposed Hangul."""
        bad = ["강남구,,2020-03-03,survey,두 번째,예,", "없는 구,,2020-03-03,survey,,,",
               "강남구,,2020-03-03,press,벨\a,,", "강남구,,2020-13-03,survey,,,", "강남구,,2020-03-10,survey,,,",
               "강남구,,2020-03-03,소문,,,", "강남구,,2020-03-03,press,,,=1+1",
               f"강남구,,2020-03-03,press,{'가' * 501},,", "강남구,,2020-03-03,press", "서울의료원,,,,,,"]
        garbage = random.Random(7)
        while len(bad) < RUBBISH - 2:
            bad.append(",".join("".join(garbage.choices(LETTERS, k=garbage.randrange(12)))
                                for _ in range(garbage.choice((1, 6, 7, 7, 7, 9)))) or "=")
        good = ["강남구,,2020-03-03,survey,견본,예,",
                unicodedata.normalize("NFD", "송파구,,2020-03-03,survey,견본 확인,아니요,")]
        path = self.office.home / "rubbish.csv"
        path.write_text("\n".join([HEADING, good[0], *bad, good[1], ""]), encoding="utf-8")
        before = self.observations()
        pulse = Pulse(self.program)
        self.choose(path)
        pulse.start()
        time.sleep(4)  # what the test itself asks would keep the program busy
        longest = pulse.end()
        self.program.find("label", f"정상 2건, 제외 {RUBBISH - 2}건")
        self.picture("import-rubbish")
        print(f"# longest work between two of {pulse.answers} answers: {longest * 1000:.0f} ms")
        assert pulse.answers > 20 and longest < LONGEST_WORK, longest
        wait_for(lambda: 11 in self.lines(), "the first lines")
        lines = self.lines()
        for line, words in {3: "2번째 줄과 시스템, 확인일, 출처가 같습니다", 4: "이런 이름이나 코드의 기관이 없습니다",
                            5: "‘비고’에 읽을 수 없는 글자", 6: "확인일", 7: "오늘보다 뒤", 8: "출처", 9: "연간 공모 횟수",
                            10: "501", 11: "값이 4개"}.items():
            assert words in lines[line][1], (line, lines[line])
        last = lines[RUBBISH + 1]  # not below the others
        assert "송파구" in last[0] and last[1].startswith("정상"), last
        assert self.observations() == before, "something was written before it was asked for"
        self.program.press_button("2건 가져오기")
        self.program.find("label", f"2건 중 2건 가져옴, {RUBBISH - 2}건 제외")
        wait_for(lambda: len(self.observations()) == len(before) + 2, "the two good rows at the server")
        assert self.observations("송파구")[-1]["note"] == "견본 확인"

    def no_table_at_all(self):
        before = self.observations()
        files = {
            "binary": (bytes(range(256)) * 40, "파일이 비었거나 글이 아닙니다"),
            "columns": ("이름,날짜\n강남구,2020-03-02\n".encode(), "‘기관’ 열이 없습니다"),
            "broken": (f"{HEADING}\n강남구,,2020-03-03,survey,".encode() + b"\xea\xb0\n", "파일의 2번째 줄에 읽을 수 없는"),
            "quotes": (f'{HEADING}\n강남구,,2020-03-03,survey,"견본\n'.encode(), "파일의 2번째 줄을 표의 줄로"),
        }
        for name, (content, words) in files.items():
            path = self.office.home / f"{name}.csv"
            path.write_bytes(content)
            self.choose(path)
            self.program.find("label", contains=words)
        assert self.observations() == before
        self.display.key("Escape")
        self.program.find("entry", "기관·시스템 검색")

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
                     agencies.institution_by_hand, agencies.saved_as_shown, agencies.corrected_file,
                     agencies.rubbish, agencies.no_table_at_all, agencies.fill_the_application,
                     agencies.officer_sees_own_only, agencies.everything_ends_well)


if __name__ == "__main__":
    sys.exit(main())
