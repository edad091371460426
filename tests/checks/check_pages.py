#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every class of pages declares its help and stands in the table of the areas, where the tests of
commands and the list of keys find it; nothing but the table of commands gives keys to actions.

    check_pages.py ROOT
"""

import pathlib
import re
import sys

PAGE = re.compile(r"G_DEFINE_(?:FINAL_)?TYPE\w* \(\s*\w+,\s*(\w+),\s*MADANG_TYPE_PAGE\b")
HELP = re.compile(r"->help = &\w+;")
KEYS = "gtk_application_set_accels_for_action"
KEY_TABLE = "madang-command-table.c"


def check(client):
    problems, pages = [], 0
    areas = (client / "shell/madang-areas.c").read_text(encoding="utf-8")
    for path in sorted(client.rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        if KEYS in text and path.name != KEY_TABLE:
            problems.append(f"{path}: only {KEY_TABLE} gives keys to actions; declare a MadangCommand")
        for name in PAGE.findall(text):
            pages += 1
            if not HELP.search(text):
                problems.append(f"{path}: the page declares no help")
            if f"{name}_get_type" not in areas:
                problems.append(f"{path}: {name}_get_type is not among the pages in madang-areas.c")
    return problems, pages


def main(root):
    problems, pages = check(root / "src/client")
    print("\n".join(problems) or f"{pages} pages: all declared")
    return 1 if problems or not pages else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
