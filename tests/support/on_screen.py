#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a virtual screen, in a session and a home of its own.

    on_screen.py PROGRAM ARGUMENT…
"""

import os
import subprocess
import sys

import madang_desktop


def main(command):
    madang_desktop.ensure_session_bus()
    display = madang_desktop.Display()
    environment = {**os.environ, **madang_desktop.STRICT, "DISPLAY": display.name, "GTK_A11Y": "none",
                   "TMPDIR": os.environ["MADANG_TEST_HOME"]}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        display.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
