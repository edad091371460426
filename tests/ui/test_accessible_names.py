#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place that the keyboard reaches has a Korean name, on every page, wide and narrow. With
MADANG_PICTURES=FOLDER it leaves pictures of the pages, light and dark."""

import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus  # noqa: E402
from madang_office import COORDINATOR, OFFICER, Office  # noqa: E402
from madang_program import Program  # noqa: E402
from madang_tap import run_tests  # noqa: E402

WIDE = (1280, 800)
NARROW = (400, 700)
KOREAN = re.compile("[가-힣]")
# Words that stand on the paper in Latin letters.
LATIN = ("E-mail",)
# What scrolls takes the focus to be scrolled by keys; its content has the name.
NAMELESS = ("scroll pane",)

office = None


def check_names(program, page, start=None):
    """start: where the page begins, when the rest of the window was looked at before."""
    bad = []
    for node in program.walk_below(start, leaves=("scroll bar",)):
        if node.role in NAMELESS or not node.was("FOCUSABLE"):
            continue
        if node.name in LATIN or KOREAN.search(node.name) or is_named_by_content(node):
            continue
        try:
            if not program.is_unseen(node):
                bad.append((node.role, node.name, path_of(node)))
        except program.bus.error:  # a node that went away while we looked
            continue
    assert not bad, f"{page}: without a Korean name: {bad}"
    take_picture(program, page)


def is_named_by_content(node):
    """Parts of the toolkit's own widgets: what they hold or describe is what is spoken. A list
    has to be named itself."""
    if node.role == "list":
        return False
    return bool(KOREAN.search(node.description) or any(KOREAN.search(part.name) for part in node.walk()))


def path_of(node):
    names = []
    while node is not None and node.role != "application":
        names.append(node.name or node.role)
        node = node.parent
    return " < ".join(names[1:5])


def take_picture(program, page):
    folder = os.environ.get("MADANG_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        program.display.picture(f"{folder}/{page}.png")


def each_size(look):
    """Wide and narrow; for the pictures also dark."""
    sizes = [("wide", WIDE, {}), ("narrow", NARROW, {})]
    if os.environ.get("MADANG_PICTURES"):
        sizes.append(("dark", WIDE, {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}))
    for name, size, environment in sizes:
        display = office.display(*size)
        look(name, display, size, environment)


def open_sized(login, name, display, size, environment):
    program = office.open(login, f"{login}-{name}", display, environment=environment)
    program.resize(*size)
    program.find("push button", "연결됨")
    return program


def sign_in_page():
    def look(name, display, size, environment):
        program = Program(office.client, display, "--server", office.proxy.url, "--data-directory",
                          str(office.data(f"nobody-{name}")), environment=environment)
        program.resize(*size)
        program.find("push button", "로그인")
        check_names(program, f"sign-in-{name}")
        program.stop()
    each_size(look)


def officer_pages():
    def look(name, display, size, environment):
        program = open_sized(OFFICER, name, display, size, environment)
        check_names(program, f"form-{name}")
        program.press_button("명령 더 보기")
        check_names(program, f"form-menu-{name}", program.find("menu item", contains="PDF").parent)
        program.display.key("Escape")
        if name == "narrow":
            program.press_button("종이")
            take_picture(program, f"form-paper-{name}")
        if name == "narrow":
            program.press_button("뒤로")
        program.press_button("연결됨")
        text = program.find("label", contains="서버와 연결되어 있습니다")
        check_names(program, f"sync-{name}", text.parent)
        program.display.key("Escape")
        program.display.key("alt+4")
        program.find("list item", contains="소요예산: 100,000천원")
        check_names(program, f"programme-{name}", program.find("panel", "2020년 민주주의 서울 기관협력 사업"))
        program.stop()
    each_size(look)


def coordinator_pages():
    def look(name, display, size, environment):
        program = open_sized(COORDINATOR, name, display, size, environment)
        row = program.find(contains="서울시설공단, 고객경영팀(견본), 제출됨")
        check_names(program, f"intake-{name}")
        program.click_at(row, 0.05, 0.5, times=2)  # the row reaches beyond a narrow window
        program.find("push button", "접수")
        check_names(program, f"reading-{name}", program.find("panel", "서울시설공단"))
        program.stop()
    each_size(look)


def conflict_page():
    def look(name, display, size, environment):
        program = open_sized(OFFICER, f"conflict-{name}", display, size, environment)
        office.proxy.cut()
        program.write("운영기간", f"현장에서 {name}")
        program.find("push button", "보낼 변경 1건")
        take_picture(program, f"offline-{name}")
        office.edit_elsewhere(OFFICER, "금천구", "op_period", f"2018년 9월부터 {name}")
        office.proxy.heal()
        program.display.key("F5")
        program.press_until("보기", "결정할 변경")
        program.find("label", "신청서: 운영기간")
        check_names(program, f"conflict-{name}", program.find("panel", "결정할 변경"))
        program.press_button("상대 값 남기기")
        program.find("label", "결정할 것이 없습니다")
        program.press_button("뒤로")
        program.pick_from_menu("명령 더 보기", "철회(W)…")
        reason = program.find("text", "사유")
        check_names(program, f"withdraw-{name}", reason.parent.parent.parent)
        program.stop()
    each_size(look)


def main():
    global office
    ensure_session_bus()
    office = Office(*sys.argv[1:3])
    try:
        return run_tests(sign_in_page, officer_pages, coordinator_pages, conflict_page)
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
