# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of the tests of the window: a server with invented data, a network before it that can
be told to misbehave, and the people who work on it, each with a screen of their own."""

import glob
import json
import os
import pathlib
import sqlite3
import uuid

from madang_desktop import Display, Server, wait_for
from madang_program import Program
from madang_proxy import Proxy
from madang_wire import Device

OFFICER = "geumcheon"
COORDINATOR = "coordinator"
SUBMIT = "제출"

# What the demonstration leaves for the officer of 금천구 to do.
MISSING = ("요청사항", "기관장 공약사항 여부", "신청일")


def go_to_work(program):
    """From the page of the day, with which the program begins, to the area where the person works;
    a program that cannot open its data, or asks for a password, stays where it is."""
    today = wait_for(lambda: program.look("panel", "오늘") or program.look(contains="다시 로그인해")
                     or program.look(contains="더 새로운 마당"), "the first page", 60)
    if today.name != "오늘":
        return
    stack = today.parent.parent  # each page stands alone in a page of the stack

    def arrived():
        program.display.key("alt+2")
        pages = next((node.children for node in program.walk(stack)), [])
        return len(pages) > 1 and pages[1].children and not program.is_unseen(pages[1].children[0])
    wait_for(arrived, "the area of work")


class Office:
    def __init__(self, client, server, name="office", options=()):
        locale = os.environ.get("MADANG_LOCALEDIR")
        assert not locale or os.path.exists(f"{locale}/ko/LC_MESSAGES/madang.mo"), \
            f"no Korean in {locale}: run “meson install” first"
        self.client = client
        self.home = pathlib.Path(os.environ["MADANG_TEST_HOME"]) / name
        self.home.mkdir()
        self.server = Server(server, self.home / "server", *options)
        self.proxy = Proxy(("127.0.0.1", self.server.port))
        self.displays = []

    # --- people -------------------------------------------------------------------------------

    def display(self, width=1280, height=800):
        self.displays.append(Display(width, height))
        return self.displays[-1]

    def data(self, name):
        """Where the client of that name keeps its data."""
        return self.home / name

    def open(self, login, name, display=None, direct=False, environment=None, today=False):
        """The program, signed in as one of the people of the demonstration, in the area where they
        work; today: where the program itself begins."""
        program = Program(self.client, display or self.display(), "--demo", str(self.server.accounts_file),
                          "--server", self.server.url if direct else self.proxy.url, "--login", login,
                          "--data-directory", str(self.data(name)), environment=environment)
        if not today:
            go_to_work(program)
        return program

    def resume(self, login, name, display=None, environment=None):
        """The program as it starts every day: by the token of the keyring, or without one."""
        program = Program(self.client, display or self.display(), "--server", self.proxy.url,
                          "--login", login, "--data-directory", str(self.data(name)),
                          environment=environment)
        go_to_work(program)
        return program

    def sign_in(self, login, name, display=None, environment=None, password=None):
        """The program, signed in by its first page."""
        program = Program(self.client, display or self.display(), "--server", self.proxy.url,
                          "--data-directory", str(self.data(name)), environment=environment)
        self.fill_sign_in(program, login, password)
        if password is None:
            go_to_work(program)
        return program

    def fill_sign_in(self, program, login, password=None):
        program.write("서버 주소", self.proxy.url)
        program.write("아이디", login)
        self.enter_password(program, login, password)

    def enter_password(self, program, login, password=None):
        program.write("비밀번호", password or self.server.accounts()[login]["password"])
        program.press_button("로그인")

    def device(self, login):
        """Another program at work for the same person, which speaks the wire only."""
        device = Device(self.server.port)
        device.sign_in(login, self.server.accounts()[login]["password"])
        return device

    def edit_elsewhere(self, login, agency, field, value):
        """Somebody else changes the agency's application."""
        record, _, version, main = self.application(agency)
        device = self.device(login)
        mutation = device.mutation("patch", "application", str(uuid.UUID(record)), base=[version, 0],
                                   edits=[[field, json.loads(main).get(field), value]])
        result = device.push(mutation)[0]
        assert result["outcome"] in ("applied", "merged"), result

    # --- what the databases hold ------------------------------------------------------------------

    def rows(self, statement, *values):
        """Of the server's database."""
        return query(self.server.directory / "central.db", statement, *values)

    def change(self, statement, *values):
        """Changes the server's database behind its back."""
        with sqlite3.connect(self.server.directory / "central.db", timeout=20) as database:
            database.execute(statement, values)

    def cache(self, name):
        """The path of the cache of a client with one profile."""
        return wait_for(lambda: next(iter(self.data(name).glob("*/madang.db")), None), "the cache")

    def application(self, agency):
        """The server's record of the agency's application: id, state, version and main part."""
        return self.rows("SELECT lower (hex (id)), state, v, main FROM record WHERE kind = 'application'"
                         " AND json_extract (main, '$.agency') = (SELECT lower (substr (hex (id), 1, 8)"
                         " || '-' || substr (hex (id), 9, 4) || '-' || substr (hex (id), 13, 4) || '-'"
                         " || substr (hex (id), 17, 4) || '-' || substr (hex (id), 21)) FROM record"
                         " WHERE kind = 'agency' AND json_extract (main, '$.name_ko') = ?)", agency)[0]

    def wait_for_value(self, agency, field, value):
        """Until the server holds it."""
        try:
            wait_for(lambda: self.value(agency, field) == value, "the server")
        except AssertionError:
            assert self.value(agency, field) == value, (field, self.value(agency, field), value)

    def value(self, agency, field):
        return json.loads(self.application(agency)[3]).get(field)

    def close(self):
        for program in list(Program.running):
            program.stop()
        for display in self.displays:
            display.close()
        self.server.stop()


def query(path, statement, *values):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
    try:
        return database.execute(statement, values).fetchall()
    finally:
        database.close()


def wrong_clock(offset):
    """The environment of a program whose computer's clock is off by that much, such as “+10d”."""
    libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    assert libraries, "the package faketime is needed"
    asan = os.environ.get("ASAN_OPTIONS", "")
    return {"LD_PRELOAD": libraries[0], "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "ASAN_OPTIONS": f"{asan}:verify_asan_link_order=0" if asan else "verify_asan_link_order=0"}


def complete(officer):
    """Fills in what the demonstration left out, by mouse and keys."""
    officer.write("요청사항", "오픈API 규격을 먼저 받고 싶습니다.")
    officer.choose("기관장 공약사항 여부", "가")
    officer.write("신청일", "2020. 3. 9.")
    wait_for(lambda: officer.may_press(SUBMIT), "the form to be complete")
