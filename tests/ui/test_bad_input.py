#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on a working day: each time the window says so in Korean, and nothing that was
written is lost."""

import hashlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import time
import unicodedata
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus, wait_for  # noqa: E402
from madang_office import OFFICER, SUBMIT, Office, query  # noqa: E402
from madang_tap import Skip, run_tests  # noqa: E402

CANNOT_SAVE = "지금 그대로는 저장할 수 없는 칸"
PASTED = "첫 줄\u0007은\u202e 이렇고\r\n둘째\u200b 줄은 " + unicodedata.normalize("NFD", "한글") + "입니다"
CLEAN = "첫 줄은 이렇고\n둘째 줄은 한글입니다"
PAGE = 4096


class BadInput:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.display = self.office.display()
        self.program = self.office.sign_in(OFFICER, "officer", self.display)
        self.program.find("push button", "연결됨")

    def on_server(self, field):
        return self.office.value("금천구", field)

    def wait_for_server(self, field, value):
        self.office.wait_for_value("금천구", field, value)

    def restart(self):
        self.program = self.office.resume(OFFICER, "officer", self.display)

    # --- what is typed and pasted ---------------------------------------------------------------------

    def too_long(self):
        before = self.on_server("dept_name")
        self.program.write("신청부서", "가" * 60)
        self.wait_for_server("dept_name", "가" * 60)
        self.program.write("신청부서", "가" * 61)
        self.program.find("label", "‘신청부서’는 60자까지인데 61자입니다. 줄여 주세요.")
        assert "60자까지" in self.program.field("신청부서").description
        assert not self.program.may_press(SUBMIT)
        assert CANNOT_SAVE in self.program.find("push button", SUBMIT).description \
            or self.program.look("push button", "요청사항")
        assert self.program.value("신청부서") == "가" * 61 and self.on_server("dept_name") == "가" * 60
        self.program.write("신청부서", before)
        self.wait_for_server("dept_name", before)

    def decomposed_hangul_is_composed(self):
        self.program.write("제안사이트명", unicodedata.normalize("NFD", "금천1번가 새단장"))
        self.wait_for_server("site_name", "금천1번가 새단장")

    def pasted_text_is_cleaned(self):
        field = self.program.field("요청사항")
        self.program.scroll_to(field)
        self.program.click(field)
        self.program.wait_for_focus("요청사항")
        self.display.copy(PASTED)
        self.display.key("ctrl+v")
        self.wait_for_server("link_needs", CLEAN)
        assert self.program.value("요청사항") == CLEAN

    def control_characters_are_not_kept(self):
        self.program.write("운영기간", "2019년\u0007 9월\t~ 현재")
        self.wait_for_server("op_period", "2019년 9월 ~ 현재")

    def wrong_dates(self):
        for text in ("2020. 2. 30.", "내일", "2020-13-01"):
            self.program.write("신청일", text)
            wait_for(lambda: "날짜가 아닙니다. 2020. 3. 13.처럼" in self.program.field("신청일").description,
                     "the words about the date")
            assert self.program.value("신청일") == text
        assert self.on_server("signed_on") is None
        self.program.write("신청일", "20200305")
        self.wait_for_server("signed_on", "2020-03-05")
        self.program.gone("label", contains="날짜가 아닙니다")

    def rough_text_outlives_a_crash(self):
        """What cannot be saved stays on this computer as it was typed, and goes nowhere else."""
        rough = {"발전방향": "나" * 12000, "신청부서": "가" * 61, "신청일": "2020. 2. 30."}
        before = self.office.application("금천구")
        for label, text in rough.items():
            self.program.write(label, text)
        time.sleep(3)
        self.program.kill()
        self.restart()
        for label, text in rough.items():
            self.program.wait_for_value(label, text)
        self.program.find("label", "‘신청부서’는 60자까지인데 61자입니다. 줄여 주세요.")
        description = self.program.field("발전방향").description
        assert "자까지인데" in description and "줄여 주세요" in description, description
        assert "날짜가 아닙니다" in self.program.field("신청일").description
        assert not self.program.may_press(SUBMIT)
        assert self.office.application("금천구") == before
        self.correct(rough)

    def correct(self, rough):
        for label, value in zip(rough, ("좁은 길", "자치행정과", "2020. 3. 5.")):
            self.program.write(label, value)
        self.wait_for_server("dept_name", "자치행정과")
        wait_for(lambda: query(self.office.cache("officer"), "SELECT count(*) FROM rough") == [(0,)],
                 "nothing rough left")
        self.program.kill()
        self.restart()
        self.program.wait_for_value("신청부서", "자치행정과")
        self.program.wait_for_value("발전방향", "좁은 길")

    def someone_elses_agency(self):
        stranger = self.office.device("eunpyeong")
        record = str(uuid.UUID(self.office.application("금천구")[0]))
        before = self.office.application("금천구")
        result = stranger.push(stranger.mutation("patch", "application", record, base=[before[2], 0],
                                                 edits=[["plan", self.on_server("plan"), "엿보기"]]))[0]
        assert (result["outcome"], result["code"]) == ("rejected", "record.missing"), result
        assert self.office.application("금천구") == before

    # --- the network and the session ------------------------------------------------------------------

    def captive_portal(self):
        proxy = self.office.proxy
        proxy.cut()
        proxy.mode = "portal"
        self.display.key("F5")
        self.program.find("label", contains="마당 서버가 아닌 곳에서 응답합니다")
        self.program.write("운영방법", "카페에서 씀")
        self.program.find("push button", contains="보낼 변경")
        proxy.heal()
        self.display.key("F5")
        self.wait_for_server("op_method", "카페에서 씀")
        self.program.gone("label", contains="마당 서버가 아닌 곳에서 응답합니다")

    def ended_session(self):
        self.office.change("DELETE FROM session")
        self.program.write("운영방법", "세션이 끝난 뒤에 씀")
        self.program.find("label", contains="로그인이 끝났습니다. 모든 내용은 여기에 있고")
        self.program.find("push button", "로그인 필요")
        assert self.program.value("운영방법") == "세션이 끝난 뒤에 씀"
        self.program.press_button("로그인")
        self.program.find("label", "다시 로그인")
        self.office.enter_password(self.program, OFFICER)
        self.wait_for_server("op_method", "세션이 끝난 뒤에 씀")
        self.program.find("push button", "연결됨")

    def wrong_password(self):
        program = self.office.sign_in(OFFICER, "stranger", password="틀린 비밀번호")
        program.find(contains="아이디나 비밀번호가 맞지 않습니다")
        program.stop()

    # --- the cache ------------------------------------------------------------------------------------

    def newer_cache(self):
        self.program.close()
        cache = self.office.cache("officer")
        version = set_version(cache, 99)
        before = digest(cache)
        self.restart()
        self.program.find(contains="이 컴퓨터의 자료는 더 새로운 마당이 쓴 것입니다")
        self.program.close()
        assert digest(cache) == before, "the file of a newer program was touched"
        set_version(cache, version)
        self.restart()
        self.program.wait_for_value("운영방법", "세션이 끝난 뒤에 씀")

    def broken_cache(self):
        self.office.proxy.cut()
        self.program.write("운영방법", "망가지기 전에 씀")
        self.program.find("push button", contains="보낼 변경")
        self.program.close()
        overwrite_pages(self.office.cache("officer"))
        self.office.proxy.heal()
        self.restart()
        self.program.find(contains="다시 로그인해 주세요. 잃은 것은 없습니다")
        self.office.fill_sign_in(self.program, OFFICER)
        self.program.find(contains="이 컴퓨터의 자료가 손상되어 서버에서 새로 받았습니다")
        self.program.wait_for_value("운영방법", "망가지기 전에 씀")
        self.wait_for_server("op_method", "망가지기 전에 씀")

    def full_disk(self):
        folder = self.office.data("small")
        folder.mkdir()
        mount(folder)
        try:
            self.fill_and_free(folder)
        finally:
            self.program.stop()
            run_as_root("umount", str(folder))

    def fill_and_free(self, folder):
        self.program.stop()
        self.program = self.office.sign_in(OFFICER, "small", self.display)
        self.program.find("push button", "연결됨")
        ballast = folder / "ballast"
        fill(ballast)
        text = "디스크가 가득 찬 때에 씀. " * 100
        self.program.write("시민제안플랫폼 운영계획", text.strip())
        self.program.find("label", contains="디스크가 가득 차 저장할 수 없습니다")
        self.program.find("label", contains="저장 안 됨")
        assert self.program.value("시민제안플랫폼 운영계획") == text.strip()
        ballast.unlink()
        self.wait_for_server("plan", text.strip())
        self.program.gone("label", contains="디스크가 가득 차 저장할 수 없습니다")

    def everything_ends_well(self):
        self.office.close()


def set_version(path, version):
    """Gives the old one. The journal is folded in, so that the file is the whole cache."""
    database = sqlite3.connect(path)
    old = database.execute("PRAGMA user_version").fetchone()[0]
    database.execute(f"PRAGMA user_version = {version}")
    database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    database.close()
    return old


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def overwrite_pages(path):
    with open(path, "r+b") as file:
        for page in range(1, os.path.getsize(path) // PAGE):
            file.seek(page * PAGE)
            file.write(os.urandom(PAGE))


def fill(path):
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * PAGE):
                pass
        except OSError:
            pass


def run_as_root(*command):
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return subprocess.run([*prefix, *command], capture_output=True, check=False).returncode == 0


def mount(folder):
    if not run_as_root("mount", "-t", "tmpfs", "-o", f"size=8m,mode=700,uid={os.geteuid()}", "tmpfs", str(folder)):
        raise Skip("nothing can be mounted here")


def main():
    ensure_session_bus()
    bad = BadInput(*sys.argv[1:3])
    return run_tests(bad.too_long, bad.decomposed_hangul_is_composed, bad.pasted_text_is_cleaned,
                     bad.control_characters_are_not_kept, bad.wrong_dates,
                     bad.rough_text_outlives_a_crash, bad.someone_elses_agency, bad.captive_portal,
                     bad.ended_session, bad.wrong_password, bad.newer_cache,
                     bad.broken_cache, bad.full_disk, bad.everything_ends_well)


if __name__ == "__main__":
    sys.exit(main())
