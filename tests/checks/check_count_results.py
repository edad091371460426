# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing line counts every case, whatever a test has printed into the log."""

import subprocess
import sys
import tempfile

LOG = (
    b"<?xml version='1.0' encoding='utf-8'?>\n<testsuites><testsuite>"
    b"<testcase name='a'/><testcase name='b'><skipped/></testcase>%s"
    b"<system-out>" + "한글 ".encode() + b"\x01\x1b[1m\xff\xef\xbf\xbf</system-out>"
    b"</testsuite></testsuites>"
)
FAILURE = b"<testcase name='c'><failure message='x'/></testcase>"


def closing_line(program, extra):
    with tempfile.NamedTemporaryFile(suffix=".xml") as log:
        log.write(LOG % extra)
        log.flush()
        run = subprocess.run([sys.executable, program, log.name, log.name], capture_output=True, text=True)
    return run.returncode, run.stdout.strip()


def main(program):
    for extra, expected in ((b"", (0, "2 passed, 0 failed, 2 skipped")), (FAILURE, (1, "2 passed, 2 failed, 2 skipped"))):
        got = closing_line(program, extra)
        if got != expected:
            sys.exit(f"expected {expected}, got {got}")


main(sys.argv[1])
