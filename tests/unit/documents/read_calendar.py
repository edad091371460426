#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an iCalendar file by the letter of RFC 5545, sharing no code with the library that wrote it.

    read_calendar.py FILE.ics

Prints NAME;PARAMETERS:VALUE of each property, the value percent-encoded, texts unescaped. Fails on
lines that are too long, do not end as they should, or are no UTF-8 by themselves.
"""

import re
import sys
import urllib.parse

TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "UID", "NAME")
ESCAPES = {"\\\\": "\\", "\\,": ",", "\\;": ";", "\\n": "\n", "\\N": "\n"}


def unfold(data):
    assert data.endswith(b"\r\n")
    lines = []
    for raw in data[:-2].split(b"\r\n"):
        assert len(raw) <= 75, raw
        assert b"\r" not in raw and b"\n" not in raw, raw
        line = raw.decode("utf-8", "strict")
        if line[0] in " \t":
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def unescape(text):
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text), text
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", text), text
    return re.sub(r"\\.", lambda found: ESCAPES[found.group(0)], text)


def main(path):
    with open(path, "rb") as file:
        lines = unfold(file.read())
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    depth = []
    for line in lines:
        name, parameters, value = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[A-Za-z0-9/-]+)*):(.*)", line).groups()
        if name == "BEGIN":
            depth.append(value)
        elif name == "END":
            assert depth.pop() == value
        elif name in TEXTS:
            value = unescape(value)
        print(f"{name}{parameters}:{urllib.parse.quote(value, safe='')}")
    assert not depth


if __name__ == "__main__":
    main(sys.argv[1])
