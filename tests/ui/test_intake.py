#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The coordinator's list: narrowed down, searched and sorted; many received at once, also where
somebody else was faster; a reminder to exactly those who have not applied; and the list as a file
that says what the screen says. With MADANG_PICTURES=FOLDER it leaves pictures."""

import csv
import os
import pathlib
import re
import sys
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, Office  # noqa: E402
from madang_tap import run_tests  # noqa: E402

ENTRY = "신청서 찾기"
HIT = "서울시설공단, 고객경영팀(견본)"
NARROW = (400, 700)
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

office = None


def take_picture(program, name):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/{name}.png")


def open_list(name, size=None, environment=None, direct=False):
    program = office.open(COORDINATOR, name, office.display(*(size or (1280, 800))), direct=direct,
                          environment=environment)
    if size:
        program.resize(*size)
    program.find(contains=HIT)
    program.find("push button", "연결됨")
    return program


def chip(program, label):
    """The button of a filter, whatever its count is."""
    pattern = re.compile(re.escape(label) + r" \d+$")
    box = program.find(name="보이는 범위")
    return wait_for(lambda: next((node for node in program.walk(box)
                                  if node.role != "label" and pattern.match(node.name)), None),
                    f"the filter {label}")


def number(program, label):
    return int(chip(program, label).name.rsplit(" ", 1)[1])


def choose(program, label):
    program.press(chip(program, label))
    wait_for(lambda: (node := chip(program, label)).was("PRESSED") or node.was("CHECKED"),
             f"the filter {label} to be on")


def states():
    return office.rows("SELECT state, count (*) FROM record WHERE kind = 'application' GROUP BY state")


def counted(state):
    return dict(states()).get(state, 0)


def shows_number(program, count):
    program.find("label", f"신청서 {count}건")


def narrowed_down_and_searched():
    program = open_list("filters")
    submitted = counted("submitted")
    assert number(program, "접수 대기") == submitted
    assert number(program, "접수됨") == counted("received")
    take_picture(program, "intake-wide")
    choose(program, "접수 대기")
    shows_number(program, submitted)
    program.display.key("ctrl+f")
    program.wait_for_focus(ENTRY)
    program.set_text(program.find("entry", ENTRY), "ㅅㅇㅅㅅㄱㄷ")
    shows_number(program, 1)
    program.find(contains=HIT)
    program.display.key("Escape")
    shows_number(program, submitted)
    choose(program, "전체")
    program.close()


def agencies(program):
    """Names of the agencies in the order of the list."""
    names = [name for name in program.texts() if re.match(r"[^,:·]+, [^,:·]+, (제출됨|접수됨)$", name)]
    return list(dict.fromkeys(name.split(", ")[0] for name in names))


def sorted_by_name():
    program = open_list("sorting")
    heading = program.find(name="기관")
    program.click(heading)
    wait_for(lambda: (names := agencies(program)) and len(names) > 3 and names == sorted(names), "the order of names")
    program.click(heading)
    wait_for(lambda: (names := agencies(program)) and names == sorted(names, reverse=True), "the other way round")
    program.close()


def save(program, menu_item, path):
    program.pick_from_menu("명령 더 보기", menu_item)
    program.write("이름(N):", str(path))
    program.press_button("저장(_S) 저장(S)")
    program.find("label", contains=f"‘{path.name}’ 저장됨")
    wait_for(path.exists, "the file")


def read_workbook(path):
    """Rows of texts; numbers as they are stored."""
    with zipfile.ZipFile(path) as archive:
        strings = ["".join(node.text or "" for node in item.iter(f"{SPREADSHEET}t")) for item in
                   xml.etree.ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
        sheet = xml.etree.ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    found = []
    for row in sheet.iter(f"{SPREADSHEET}row"):
        cells = {}
        for cell in row.iter(f"{SPREADSHEET}c"):
            value = cell.find(f"{SPREADSHEET}v")
            column = re.match("[A-Z]+", cell.get("r")).group()
            if value is not None:
                cells[column] = strings[int(value.text)] if cell.get("t") == "s" else value.text
        found.append([cells.get(chr(ord("A") + i), "") for i in range(12)])
    return found


def the_file_says_what_the_screen_says():
    program = open_list("export")
    choose(program, "접수됨")
    shows_number(program, counted("received"))
    program.click(program.find(name="기관"))
    wait_for(lambda: (names := agencies(program)) and names == sorted(names), "the order of names")
    shown = agencies(program)
    csv_path, workbook_path = office.home / "접수현황.csv", office.home / "접수현황.xlsx"
    save(program, "CSV로 저장…", csv_path)
    save(program, "XLSX로 저장…", workbook_path)
    with open(csv_path, encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    workbook = read_workbook(workbook_path)
    for lines in (table, [line for line in workbook if any(line)]):
        heading, body = lines[0], lines[1:]
        assert heading[:3] == ["기관", "상태", "접수번호"], heading
        assert [line[0] for line in body] == shown, (body, shown)
        assert {line[1] for line in body} == {"접수됨"}, body
        assert all(re.match(r"접수-2020-\d{3}$", line[2]) for line in body), body
        assert not any("견본 김담당" in cell or re.match(r"0\d+-\d+", cell) for line in body for cell in line)
    program.close()


def a_reminder_reaches_those_who_have_not_applied():
    program = open_list("reminder")
    expected = number(program, "미제출")
    choose(program, "미제출")
    program.find("label", f"기관 {expected}곳")
    program.find(contains="금천구, ")
    take_picture(program, "intake-unanswered")
    program.press_button("미제출 기관 모두에 알림…")
    program.find("label", contains=f"{expected}곳")
    before = len(reminders())
    take_picture(program, "intake-remind")
    program.press_button("모두에 알림")
    wait_for(lambda: len(reminders()) - before == expected, "the reminders")
    told = {agency for (agency,) in reminders()}
    answered = {agency for (agency,) in office.rows(
        "SELECT json_extract (main, '$.agency') FROM record WHERE kind = 'application'"
        " AND state NOT IN ('draft', 'expired', 'withdrawn', 'refused')")}
    assert len(told) == expected and not told & answered, (told, answered)
    program.close()


def reminders():
    return office.rows("SELECT json_extract (main, '$.agency') FROM record WHERE kind = 'notice'"
                       " AND json_extract (main, '$.code') = 'reminder'")


def two_coordinators_receive_at_once():
    first, second = open_list("first"), open_list("second", direct=True)
    submitted = counted("submitted")
    assert submitted >= 2, states()
    choose(first, "접수 대기")
    shows_number(first, submitted)
    office.proxy.cut()
    first.find("push button", "오프라인")
    row = second.find(contains=HIT)
    second.click(row)
    second.display.key("r")
    wait_for(lambda: office.application("서울시설공단")[1] == "received", "the faster one")
    first.click(first.find(contains=HIT))
    first.display.key("ctrl+a")
    first.find("label", f"{submitted}건 선택")
    first.display.key("r")
    first.find("label", f"신청서 {submitted}건을 접수하시겠습니까?")
    take_picture(first, "intake-confirm")
    first.display.key("Tab", "Return")  # the way back has the focus
    first.find("label", contains="연결되면 보냅니다")
    office.proxy.heal()
    first.display.key("F5")
    told = first.find("label", contains="1건은 접수하지 못했습니다: 서울시설공단").name
    assert f"{submitted - 1}건을 접수했습니다" in told, told
    take_picture(first, "intake-refused")
    wait_for(lambda: counted("submitted") == 0, "the server to have them all")
    receives = office.rows("SELECT count (DISTINCT mid) FROM change WHERE event = 'receive'"
                           " AND lower (hex (record)) = ?", office.application("서울시설공단")[0])
    assert receives[0][0] == 1, receives
    second.close()
    first.close()


def a_narrow_window_has_room():
    program = open_list("narrow", NARROW, DARK)
    take_picture(program, "intake-narrow-dark")
    choose(program, "미제출")
    take_picture(program, "intake-narrow-unanswered")
    program.stop()


def main():
    global office
    ensure_session_bus()
    office = Office(*sys.argv[1:3])
    try:
        return run_tests(narrowed_down_and_searched, sorted_by_name, the_file_says_what_the_screen_says,
                         a_narrow_window_has_room, a_reminder_reaches_those_who_have_not_applied,
                         two_coordinators_receive_at_once)
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
