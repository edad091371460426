#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything by name and by key: the palette, the areas' numbers, the help of a page and the list
of all keys, also while a Korean input method is on. With MADANG_PICTURES=FOLDER it leaves pictures."""

import glob
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_tap import Skip, run_tests  # noqa: E402

ENTRY = "화면·기록·명령 이름"
FOUND = "찾은 것"
NARROW = (400, 700)
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
IBUS_MODULE = "/usr/lib/*/gtk-4.0/4.0.0/immodules/libim-ibus.so"

office = None


def take_picture(program, name):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/{name}.png")


def open_program(login, name, size=None, environment=None):
    program = office.open(login, name, office.display(*(size or (1280, 800))), environment=environment)
    if size:
        program.resize(*size)
    program.find("push button", "연결됨")
    return program


def open_palette(program):
    program.display.key("ctrl+k")
    program.wait_for_focus(ENTRY)


def found(program):
    """Names of what the palette lists."""
    box = program.look("list", FOUND)
    return [node.name for node in program.walk(box) if node.role == "list item"] if box else []


def find_in_palette(program, typed, name):
    """Until the first thing that can be run is of that name."""
    program.write(ENTRY, typed)
    wait_for(lambda: (titles := found(program)) and titles[0].startswith(name), f"{name} for {typed}")


def row(program, name):
    return program.find("list item", contains=name, start=program.look("list", FOUND))


def wait_for_area(program, name):
    wait_for(lambda: any(node.role == "list item" and node.name == name and node.was("SELECTED")
                         for node in program.walk()), f"the area {name}")


def key_of(program, area):
    """The key that the palette shows beside an area."""
    open_palette(program)
    find_in_palette(program, area, f"{area}, Alt+")
    name = row(program, f"{area}, Alt+").name
    program.display.key("Escape")
    program.gone("list", FOUND)
    return name.rsplit(", ", 1)[1].lower()


def a_disabled_command_says_why():
    program = open_program(OFFICER, "reason")
    open_palette(program)
    wait_for(lambda: found(program), "the palette's lines")
    submit = row(program, "제출,")
    assert not program.has_state(submit, "SENSITIVE")
    assert "빈 칸이 있습니다" in submit.name, submit.name
    assert program.has_state(row(program, "인쇄"), "SENSITIVE")
    take_picture(program, "palette-wide")
    program.display.key("Escape")
    program.close()


def return_alone_runs_nothing():
    program = open_program(OFFICER, "nothing")
    focus = "신청부서"
    program.click(program.field(focus))
    program.wait_for_focus(focus)
    open_palette(program)
    program.display.key("Return")
    wait_for(lambda: found(program), "the palette to stay")
    program.display.key("Escape")
    program.wait_for_focus(focus)
    wait_for(lambda: not found(program), "the palette to go")
    program.close()


def the_focus_returns_with_the_cursor():
    program = open_program(OFFICER, "focus")
    field = program.field("신청부서")
    before = program.text_of(field)
    program.click(field)
    program.wait_for_focus("신청부서")
    program.display.key("End")
    open_palette(program)
    program.display.key("Escape")
    program.wait_for_focus("신청부서")
    program.type("1")  # in place of everything, had the text been selected
    wait_for(lambda: program.text_of(field) == before + "1", "one more character")
    program.display.key("BackSpace")
    wait_for(lambda: program.text_of(field) == before, "the old text")
    program.close()


def pages_by_name_and_initial_consonants():
    program = open_program(OFFICER, "areas")
    for typed in ("사업", "ㅅㅇ", "사어"):
        open_palette(program)
        find_in_palette(program, typed, "사업")
        program.display.key("Return")
        wait_for_area(program, "사업")
        program.display.key("alt+2")
        wait_for_area(program, "신청서")
    open_palette(program)
    program.write(ENTRY, "없는이름")
    program.find("label", contains="맞는 것이 없습니다")
    program.display.key("Escape")
    program.close()


def commands_by_arrow_keys():
    program = open_program(OFFICER, "commands")
    open_palette(program)
    find_in_palette(program, "도움말", "이 화면 도움말")
    program.display.key("Down", "Up", "Return")
    program.find("label", "하는 순서")
    program.close()


def records_open_and_lead_back():
    program = open_program(COORDINATOR, "records")
    program.find(contains="서울시설공단, 고객경영팀(견본), 제출됨")
    open_palette(program)
    find_in_palette(program, "ㅅㅇㅅㅅㄱㄷ 신청서", "서울시설공단, 신청서")
    take_picture(program, "palette-records")
    program.display.key("Return")
    program.find("push button", "접수")
    open_palette(program)
    find_in_palette(program, "송파 신청서", "송파구, 신청서")
    program.display.key("Return")
    program.find("panel", "송파구")
    program.display.key("F1")
    sheet = program.find("panel", "도움말")
    program.find("label", "신청서 읽기", start=sheet)
    program.display.key("Escape")  # the help
    program.gone("label", "신청서 읽기")
    program.display.key("Escape")  # one way back: each was opened in the other's place
    program.display.key("F1")
    program.find("label", "신청서", start=program.find("panel", "도움말"))
    program.close()


def the_mouse_will_do():
    program = open_program(OFFICER, "mouse")
    program.press_button("명령 찾기")
    program.wait_for_focus(ENTRY)
    find_in_palette(program, "사업", "사업")
    program.click(row(program, "사업, Alt+"))
    wait_for_area(program, "사업")
    program.press_button("명령 찾기")
    program.wait_for_focus(ENTRY)
    program.display.click(1000, 700)
    wait_for(lambda: not program.look("list", FOUND), "the palette to go")
    program.close()


def numbers_lead_to_areas():
    program = open_program(OFFICER, "numbers")
    program.display.key(key_of(program, "사업"))
    wait_for_area(program, "사업")
    program.display.key("alt+9")  # there is none
    program.display.key("alt+2")
    wait_for_area(program, "신청서")
    program.close()


def every_page_has_its_help():
    program = open_program(OFFICER, "help")
    program.click(program.field("신청부서"))
    program.wait_for_focus("신청부서")
    program.display.key("F1")
    program.find("label", contains="우리 기관의 신청서를 쓰고")
    program.find("label", "Ctrl+N")
    program.find("text", "신청부서")
    take_picture(program, "help-wide")
    program.display.key(key_of(program, "사업"))
    program.find("label", contains="한 해 사업의 일정과 선정 기준")
    program.display.key("alt+2", "F1")
    program.gone("push button", "도움말 닫기")
    program.display.key("F1")
    program.find("push button", "도움말 닫기")
    program.display.key("Escape")
    program.gone("push button", "도움말 닫기")
    program.close()


def all_keys_are_listed():
    program = open_program(COORDINATOR, "keys")
    program.display.key("ctrl+question")
    program.find("label", "이 화면 도움말")
    program.find("label", "신청서 열기")
    take_picture(program, "keys-wide")
    program.display.key("Escape")
    program.gone("label", "신청서 열기")
    program.close()


def a_narrow_window_has_room():
    program = open_program(COORDINATOR, "narrow", NARROW, DARK)
    open_palette(program)
    wait_for(lambda: found(program), "the palette's lines")
    take_picture(program, "palette-narrow-dark")
    find_in_palette(program, "사업", "사업")
    program.display.key("Return")
    wait_for_area(program, "사업")
    program.display.key("F1")
    program.find("label", contains="한 해 사업의 일정과 선정 기준")
    take_picture(program, "help-narrow-dark")
    program.display.key("Escape")
    program.gone("push button", "도움말 닫기")
    program.display.key("ctrl+question")
    program.find("label", "이 화면 도움말")
    take_picture(program, "keys-narrow-dark")
    program.stop()


def start_input_method(display):
    """The Korean one, switched to Hangul."""
    if not (shutil.which("ibus-daemon") and glob.glob(IBUS_MODULE)
            and os.path.exists("/usr/share/ibus/component/hangul.xml")):
        raise Skip("ibus-hangul is not there")
    environment = {**os.environ, "DISPLAY": display.name}
    daemon = subprocess.Popen(["ibus-daemon", "--xim", "--panel", "disable", "--replace"], env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def engine(*name):
        return subprocess.run(["ibus", "engine", *name], env=environment, capture_output=True,
                              text=True, check=False).stdout.strip()

    wait_for(lambda: engine("hangul") is not None and engine() == "hangul", "the input method")
    return daemon


def keys_work_while_hangul_is_on():
    display = office.display()
    daemon = start_input_method(display)
    try:
        program = office.open(OFFICER, "hangul", display, environment={"GTK_IM_MODULE": "ibus"})
        program.find("push button", "연결됨")
        program.click(program.field("신청부서"))
        program.wait_for_focus("신청부서")
        program.display.key("Hangul")
        open_palette(program)
        program.type("tkdj")  # 사어, the last syllable on its way to 업
        wait_for(lambda: found(program) and found(program)[0].startswith("사업"), "사업 while composing")
        assert program.value(ENTRY) != "사어", "the input method was not composing"
        take_picture(program, "palette-composing")
        program.display.key("Return")
        wait_for_area(program, "사업")
        program.display.key("alt+2")
        wait_for_area(program, "신청서")
        program.display.key("F1")
        program.find("label", "하는 순서")
        program.close()
    finally:
        daemon.terminate()
        daemon.wait()


def main():
    global office
    ensure_session_bus()
    office = Office(*sys.argv[1:3])
    try:
        return run_tests(a_disabled_command_says_why, return_alone_runs_nothing,
                         the_focus_returns_with_the_cursor, pages_by_name_and_initial_consonants,
                         commands_by_arrow_keys, records_open_and_lead_back, the_mouse_will_do,
                         numbers_lead_to_areas, every_page_has_its_help, all_keys_are_listed,
                         a_narrow_window_has_room, keys_work_while_hangul_is_on)
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
