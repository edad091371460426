#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed programs are position independent, with full RELRO, no executable stack and
stack protection.

    check_hardening.py PROGRAM…
"""

import re
import subprocess
import sys


def readelf(option, program):
    return subprocess.run(["readelf", "--wide", option, program], check=True, capture_output=True, text=True).stdout


def find_faults(program):
    header, segments = readelf("--file-header", program), readelf("--program-headers", program)
    dynamic, symbols = readelf("--dynamic", program), readelf("--dyn-syms", program)
    faults = []
    if "DYN (Position-Independent" not in header:
        faults.append("not position independent")
    if "GNU_RELRO" not in segments or not re.search(r"BIND_NOW|FLAGS_1.*NOW", dynamic):
        faults.append("no full RELRO")
    if re.search(r"GNU_STACK.*RWE", segments):
        faults.append("executable stack")
    if "__stack_chk_fail" not in symbols:
        faults.append("no stack protector")
    if "_chk@" not in symbols.replace("__stack_chk_fail", ""):
        faults.append("not fortified")
    return [f"{program}: {fault}" for fault in faults]


def main(programs):
    faults = [fault for program in programs for fault in find_faults(program)]
    print("\n".join(faults) or f"{len(programs)} programs: hardened")
    return 1 if faults or not programs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
