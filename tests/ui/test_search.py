#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search of a list: by whole words, by initial consonants, and while a Korean input method
composes. With MADANG_PICTURES=FOLDER it leaves pictures."""

import glob
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import COORDINATOR, Office  # noqa: E402
from madang_tap import Skip, run_tests  # noqa: E402

ENTRY = "신청서 찾기"
NARROW = (400, 700)
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
IBUS_MODULE = "/usr/lib/*/gtk-4.0/4.0.0/immodules/libim-ibus.so"
HIT = "서울시설공단, 고객경영팀(견본)"
OTHER = "송파구, 기획예산과"

office = None


def take_picture(program, name):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/{name}.png")


def open_list(name, size=None, environment=None, display=None):
    program = office.open(COORDINATOR, name, display or office.display(*(size or (1280, 800))),
                          environment=environment)
    if size:
        program.resize(*size)
    program.find(contains=HIT)
    program.find(contains=OTHER)
    return program


def begin(program):
    program.display.key("ctrl+f")
    program.wait_for_focus(ENTRY)


def write(program, text):
    program.set_text(program.find("entry", ENTRY), text)


def shows(program, hit, other):
    """Until the list has, or has not, each of these two."""
    wait_for(lambda: bool(program.look(contains=HIT)) == hit and bool(program.look(contains=OTHER)) == other,
             f"the list to have {HIT}: {hit}, {OTHER}: {other}")


def shows_number(program, number):
    program.find("label", f"신청서 {number}건")


def rows_have_names(program):
    names = [node.name for node in program.walk() if node.role == "table row"]
    assert names and not any(name.startswith("Gtk") for name in names), names


def wait_for_focus_in_rows(program):
    wait_for(lambda: (node := program.focused()) and any(name in node.name for name in (HIT, OTHER)),
             "the focus in the rows")


def words_and_initial_consonants():
    program = open_list("words")
    begin(program)
    for typed, hit, other in (("시설", True, False), ("ㅅㅇㅅㅅ", True, False), ("송ㅍ", False, True),
                              ("고객경영", True, False), ("경영 서울시설", True, False), ("ㅅ", True, True),
                              ("\"*' OR", False, False), ("시설\"*(", True, False)):
        write(program, typed)
        shows(program, hit, other)
    write(program, "없는 기관")
    program.find("label", "찾은 것이 없습니다")
    take_picture(program, "search-nothing")
    write(program, "시설공단")
    shows(program, True, False)
    take_picture(program, "search-wide")
    program.close()


def escape_clears_and_return_goes_on():
    program = open_list("keys")
    begin(program)
    write(program, "송파")
    shows(program, False, True)
    program.display.key("Escape")
    shows(program, True, True)
    assert program.text_of(program.find("entry", ENTRY)) == ""
    rows_have_names(program)
    write(program, "송파")
    shows(program, False, True)
    program.display.key("Return")
    wait_for_focus_in_rows(program)
    program.display.key("Return")
    program.find("panel", "송파구")
    program.close()


def a_narrow_window_has_room():
    program = open_list("narrow", NARROW, DARK)
    begin(program)
    write(program, "ㅅㅍ")
    shows(program, False, True)
    take_picture(program, "search-narrow-dark")
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


def a_syllable_counts_while_it_grows():
    display = office.display()
    daemon = start_input_method(display)
    try:
        program = open_list("hangul", display=display, environment={"GTK_IM_MODULE": "ibus"})
        shows_number(program, 6)
        begin(program)
        program.display.key("Hangul")
        program.type("thdvk")  # 송파, the last syllable not entered yet
        shows_number(program, 1)
        assert program.text_of(program.find("entry", ENTRY)) == "송", "the input method was not composing"
        take_picture(program, "search-composing")
        program.display.key("Escape")
        shows_number(program, 6)
        program.wait_for_focus(ENTRY)
        program.type("thdvk")  # and nothing is left of what was composed before
        shows_number(program, 1)
        assert program.text_of(program.find("entry", ENTRY)) == "송"
        program.close()
    finally:
        daemon.terminate()
        daemon.wait()


def main():
    global office
    ensure_session_bus()
    office = Office(*sys.argv[1:3])
    try:
        return run_tests(words_and_initial_consonants, escape_clears_and_return_goes_on,
                         a_narrow_window_has_room, a_syllable_counts_while_it_grows)
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
