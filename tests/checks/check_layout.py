#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Layers, sizes and words of the C sources; sizes and calls of the tests.

    check_layout.py ROOT

Fails on: a call of a library outside its room, an include against the order of rooms, a circle
of headers, a function over 80 lines, a file over 700 (a test over 900), markup or SQL that is not a literal,
leftover work marks.
"""

import pathlib
import re
import sys

ROOMS = {  # room: rooms whose headers it may include
    "base": {"base"},
    "model": {"base", "model"},
    "protocol": {"base", "model", "protocol"},
    "store": {"base", "model", "protocol", "store"},
    "documents": {"base", "model", "documents"},
    "sync": {"base", "model", "protocol", "store", "sync"},
    "server": {"base", "model", "protocol", "store", "server"},
    "client": {"base", "model", "store", "sync", "documents", "client"},
}
LIBRARIES = {  # what only these rooms may call
    r"\bsqlite3_\w+ \(": {"store"},
    r"\bjson_(?:parser|node|object|array|builder|generator|reader)_\w+ \(": {"protocol"},
    r"\bsoup_\w+ \(": {"sync", "server"},
    r"\b(?:gtk|adw|gdk)_\w+ \(": {"client"},
    r"\b(?:crypto_|sodium_)\w+ \(": {"base"},
    r"\bsecret_\w+ \(": {"sync"},
    r"\bpango_\w+ \(": {"documents", "client"},
    r"\b(?:lxw|workbook|worksheet)_\w+ \(": {"documents"},
    r"\bical[a-z]*_\w+ \(": {"documents"},
}
FUNCTION_LIMIT = 80
FILE_LIMIT = 700
TEST_FILE_LIMIT = 900


def rooms_of_headers(source):
    return {header.name: header.relative_to(source).parts[0] for header in source.rglob("*.h")}


def check_includes(path, room, text, owner, problems):
    for name in re.findall(r'^#include "([^"]+)"', text, re.M):
        other = owner.get(name.rsplit("/", 1)[-1])
        if other and other not in ROOMS[room]:
            problems.append(f"{path}: {room} includes {name} of {other}")


def check_libraries(path, room, text, problems):
    for pattern, allowed in LIBRARIES.items():
        if room not in allowed and (found := re.search(pattern, text)):
            problems.append(f"{path}: {found.group(0).strip()} outside {', '.join(sorted(allowed))}")


def check_calls(path, text, problems):
    for pattern, why in (
        (r"\b(?:TODO|FIXME|XXX|HACK)\b", "leftover mark"),
        (r"\b(?:strcpy|strcat|sprintf|gets|strtok|system|popen) \(", "banned call"),
    ):
        if found := re.search(pattern, text):
            problems.append(f"{path}: {why}: {found.group(0)}")


def check_words(path, room, text, problems):
    check_calls(path, text, problems)
    for pattern, why in (
        (r"_set_markup \((?!self->\w+, \"|\w+, \")", "markup that is not a literal"),
        (r"sqlite3_(?:exec|prepare\w*) \(", "SQL past madang_database_prepare and _run")
        if path.name not in ("madang-database.c", "madang-statement.c") else (r"$^", ""),
        (r"\bg_print \(", "print in a library") if room not in ("server", "client") else (r"$^", ""),
    ):
        if found := re.search(pattern, text):
            problems.append(f"{path}: {why}: {found.group(0)}")


def check_licence(path, text, problems):
    if not text.startswith("/* SPDX-License-Identifier: GPL-3.0-or-later */"):
        problems.append(f"{path}: no licence line")


def check_sizes(path, text, limit, problems):
    lines = text.split("\n")
    if len(lines) > limit:
        problems.append(f"{path}: {len(lines)} lines, at most {limit}")
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            if number - start > FUNCTION_LIMIT:
                problems.append(f"{path}:{start}: a function of {number - start} lines, at most {FUNCTION_LIMIT}")
            start = None


def find_namesakes(source, problems):
    """Two headers of one name would make an include mean what the search path says."""
    places = {}
    for header in source.rglob("*.h"):
        places.setdefault(header.name, []).append(str(header.relative_to(source)))
    problems.extend(f"one name, two headers: {', '.join(sorted(p))}" for p in places.values() if len(p) > 1)


def find_circles(source, problems):
    headers = {h.name: set(re.findall(r'^#include "([^"]+)"', h.read_text(), re.M)) for h in source.rglob("*.h")}
    done = set()

    def visit(name, trail):
        if name in trail:
            problems.append("circle of headers: " + " -> ".join(trail[trail.index(name):] + [name]))
        elif name in headers and name not in done:
            for other in headers[name]:
                visit(other, trail + [name])
            done.add(name)

    for name in headers:
        visit(name, [])


def main(root):
    source = pathlib.Path(root) / "src"
    owner = rooms_of_headers(source)
    problems = []
    files = sorted(source.rglob("*.[ch]"))
    for path in files:
        room = path.relative_to(source).parts[0]
        text = path.read_text(encoding="utf-8")
        check_licence(path, text, problems)
        check_includes(path, room, text, owner, problems)
        check_libraries(path, room, text, problems)
        check_words(path, room, text, problems)
        check_sizes(path, text, FILE_LIMIT, problems)
    tests = sorted((pathlib.Path(root) / "tests").rglob("*.[ch]"))
    for path in tests:
        text = path.read_text(encoding="utf-8")
        check_licence(path, text, problems)
        check_calls(path, text, problems)
        check_sizes(path, text, TEST_FILE_LIMIT, problems)
    find_namesakes(source, problems)
    find_circles(source, problems)
    print("\n".join(problems) or f"{len(files) + len(tests)} files: in order")
    return 1 if problems or not files or not tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
