#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that databases out there have run are never edited.

    check_sql.py ROOT [--update]

tests/fixtures/sql.lock holds the SHA-256 of every script of data/sql. Fails on a script that
differs from its line, is missing, or has no line yet. --update writes the lines anew: right for
a new script, and for an old one only while no release carries it.
"""

import argparse
import hashlib
import pathlib
import re
import sys


def read_scripts(root):
    folder = root / "data" / "sql"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.sql"))
    }


def read_lock(lock):
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines if line)}


def find_faults(scripts, locked):
    faults = [f"{name}: edited after it was locked" for name in scripts.keys() & locked.keys() if scripts[name] != locked[name]]
    faults += [f"{name}: locked, but gone" for name in locked.keys() - scripts.keys()]
    faults += [f"{name}: not locked yet" for name in scripts.keys() - locked.keys()]
    return sorted(faults)


def find_gaps(root, scripts):
    """Each side counts from 001 without gaps, and the resource carries every script."""
    resource = (root / "data" / "sql" / "madang-sql.gresource.xml").read_text(encoding="utf-8")
    carried = set(re.findall(r"<file>([^<]+)</file>", resource))
    faults = [f"{name}: not in the resource" for name in scripts.keys() - carried]
    for side in sorted({name.split("/")[0] for name in scripts}):
        numbers = [name.split("/")[1][:3] for name in sorted(scripts) if name.startswith(side + "/")]
        if numbers != [f"{number:03}" for number in range(1, len(numbers) + 1)]:
            faults.append(f"{side}: scripts {', '.join(numbers)} are not 001 onwards")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    lock = arguments.root / "tests" / "fixtures" / "sql.lock"
    scripts = read_scripts(arguments.root)
    if arguments.update:
        lock.write_text("".join(f"{digest}  {name}\n" for name, digest in scripts.items()), encoding="utf-8")
    faults = find_faults(scripts, read_lock(lock)) + find_gaps(arguments.root, scripts)
    print("\n".join(faults) or f"{len(scripts)} scripts: as released")
    return 1 if faults or not scripts else 0


if __name__ == "__main__":
    sys.exit(main())
