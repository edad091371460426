#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up JUnit logs of meson and prints the closing line of tests/run.sh."""

import re
import sys
import xml.etree.ElementTree as ElementTree

# Meson copies what a test prints into the log as it stands; XML 1.0 forbids these, and they carry
# no result.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cases(path):
    with open(path, encoding="utf-8", errors="replace") as log:
        tree = ElementTree.fromstring(FORBIDDEN.sub("\ufffd", log.read()))
    return tree.iter("testcase")


def count(path):
    passed = failed = skipped = 0
    for case in cases(path):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main(paths):
    totals = [sum(column) for column in zip(*(count(path) for path in paths))]
    passed, failed, skipped = totals
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
