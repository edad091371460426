# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of a script and tells in TAP how they went."""

import os
import sys
import time
import traceback

from madang_program import Program


class Skip(Exception):
    """What the test needs is not there."""


def run_tests(*tests, in_order=False):
    """Runs them in turn and tells in TAP; a failure leaves what the windows say. in_order: each
    test begins where the one before it ended, so the first failure is the end."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        start = time.monotonic()
        try:
            test()
            print(f"ok {number} - {test.__name__}  # {time.monotonic() - start:.1f} s", flush=True)
        except Skip as reason:
            print(f"ok {number} - {test.__name__} # SKIP {reason}", flush=True)
        except Exception:
            failed += 1
            traceback.print_exc()
            show_windows(test.__name__)
            print(f"not ok {number} - {test.__name__}", flush=True)
            if in_order:
                print("Bail out! the other steps follow this one", flush=True)
                break
    return 1 if failed else 0


def show_windows(name):
    folder = os.environ.get("MADANG_PICTURES")
    for number, program in enumerate(Program.running):
        try:
            print(f"# window {number}: {program.texts()}", file=sys.stderr)
            if folder:
                os.makedirs(folder, exist_ok=True)
                program.display.picture(f"{folder}/failed-{name}-{number}.png")
        except Exception as error:
            print(f"# window {number} cannot be read: {error}", file=sys.stderr)
