#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with words for people is in POTFILES.in, and po/ko.po is complete.

    check_translation.py ROOT
"""

import pathlib
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext) \(|translatable="yes"')


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})


def check_potfiles(root, problems):
    listed = set((root / "po/POTFILES.in").read_text().split())
    for folder, pattern in (("src", "*.c"), ("src", "*.h"), ("ui", "*.ui")):
        for path in (root / folder).rglob(pattern):
            name = str(path.relative_to(root))
            if MARK.search(path.read_text(encoding="utf-8")) and name not in listed:
                problems.append(f"{name} has words for people and is not in po/POTFILES.in")
    for name in sorted(listed):
        if not (root / name).exists():
            problems.append(f"po/POTFILES.in names {name}, which is not there")


def check_catalogue(root, problems):
    """Extracts anew and compares: nothing untranslated, nothing fuzzy, nothing stale."""
    with tempfile.TemporaryDirectory() as folder:
        template = f"{folder}/madang.pot"
        merged = f"{folder}/ko.po"
        run("xgettext", f"--directory={root}", f"--files-from={root}/po/POTFILES.in", f"--output={template}",
            "--from-code=UTF-8", "--add-comments=Translators", "--keyword=_", "--keyword=N_",
            "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=g_dngettext:2,3", "--keyword=ngettext:1,2")
        run("msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", f"{root}/po/ko.po", template)
        for what, option in (("untranslated", "--untranslated"), ("fuzzy", "--only-fuzzy"), ("stale", "--only-obsolete")):
            text = run("msgattrib", option, "--no-wrap", merged).stdout
            for found in re.findall(r'^(?:#~ )?msgid (".+")$', text, re.M):
                if found != '""':
                    problems.append(f"po/ko.po: {what}: {found}")
        checked = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", merged], capture_output=True, text=True)
        if checked.returncode:
            problems.append(checked.stderr.strip())


def main(root):
    problems = []
    check_potfiles(root, problems)
    check_catalogue(root, problems)
    print("\n".join(problems) or "every word has its Korean")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
