#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program is killed in the middle of typing, again and again. What was in the window for two
seconds is there at the next start, with the network and without, and reaches the server."""

import os
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from madang_desktop import ensure_session_bus  # noqa: E402
from madang_office import OFFICER, Office, query  # noqa: E402
from madang_tap import run_tests  # noqa: E402

FIELD = "시민제안플랫폼 운영계획"
OTHERS = ("신청부서", "발전방향", "운영 및 시민제안 활용내용")
COSTS = 2.0  # seconds of typing that a crash may cost
KEYS = "Plan B: 20 meetings, 4 forums, 1 report; every week a walk around the market and its lanes. " * 4
SENTENCES = "봄에는 골목을 함께 걷고, 여름에는 장터에서 제안을 받으며, 가을에는 공론장을 엽니다. " * 12


class Typing:
    def __init__(self, client, server):
        self.office = Office(client, server)
        self.display = self.office.display()
        self.random = random.Random(int(os.environ.get("MADANG_SEED", time.time())))
        self.program = self.office.sign_in(OFFICER, "officer", self.display)
        self.others = {label: self.program.value(label) for label in OTHERS}

    def watch_and_kill(self, step, end):
        """Looks at the field until the end, then kills. Gives what was seen, with the times."""
        field = self.program.field(FIELD)
        seen = []
        while time.monotonic() < end:
            step(field)
            before = time.monotonic()
            seen.append((before, self.program.text_of(field)))
        killed = time.monotonic()
        self.program.kill()
        return killed, seen

    def insert_hangul(self, field):
        length = field.length_now()
        syllables = SENTENCES[length:length + 2]
        field.insert_text(length, syllables)
        time.sleep(0.03)  # a person's pace

    def check(self, killed, seen):
        self.program = self.office.resume(OFFICER, "officer", self.display)
        old = max((text for at, text in seen if at < killed - COSTS), key=len)
        last = seen[-1][1]
        assert len(old) > 10, "too little was typed to tell"
        found = self.program.value(FIELD)
        assert found.startswith(old), (found, old, last)
        assert last.startswith(found) or found.startswith(last), (found, last)
        assert not self.program.look("push button", "로그인 필요"), "the token was lost"
        assert {label: self.program.value(label) for label in OTHERS} == self.others
        # Table by table: the search index can be looked over by the program alone.
        for table in ("record", "shadow", "outbox"):
            assert query(self.office.cache("officer"), f"PRAGMA integrity_check ({table})") == [("ok",)], table

    def begin_anew(self):
        self.program.write(FIELD, "")
        field = self.program.field(FIELD)
        self.program.scroll_to(field)
        self.program.click(field)
        self.program.wait_for_focus(FIELD)

    def type_keys_and_kill(self):
        self.begin_anew()
        typing = subprocess.Popen(["xdotool", "type", "--delay", "30", KEYS],
                                  env={**os.environ, "DISPLAY": self.display.name})
        killed, seen = self.watch_and_kill(lambda field: None,
                                           time.monotonic() + self.random.uniform(3.5, 5))
        typing.kill()
        typing.wait()
        self.check(killed, seen)

    def insert_and_kill(self):
        self.begin_anew()
        self.check(*self.watch_and_kill(self.insert_hangul,
                                        time.monotonic() + self.random.uniform(3.5, 5)))

    def keys(self):
        self.type_keys_and_kill()

    def hangul(self):
        self.insert_and_kill()

    def keys_without_a_network(self):
        self.office.proxy.cut()
        self.type_keys_and_kill()

    def hangul_without_a_network(self):
        self.insert_and_kill()

    def everything_reaches_the_server(self):
        self.office.proxy.heal()
        self.program.find("push button", "연결됨")
        expected = self.program.value(FIELD)
        self.office.wait_for_value("금천구", "plan", expected.strip())
        self.program.close()
        self.office.close()


def main():
    ensure_session_bus()
    typing = Typing(*sys.argv[1:3])
    return run_tests(typing.keys, typing.hangul, typing.keys_without_a_network,
                     typing.hangul_without_a_network, typing.everything_reaches_the_server,
                     in_order=True)


if __name__ == "__main__":
    sys.exit(main())
