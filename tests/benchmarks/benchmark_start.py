#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to last change on the screen, beside GNOME Text Editor with 2,000 lines and a bare
libadwaita window; interleaved, so that a busy machine is busy for all.

The everyday case: a coordinator who signed in earlier, with 100,000 applications in the cache, the
token in the keyring and the server running, starts the program and sees the list of applications.

    benchmark_start.py CLIENT SERVER FILL BARE SUPPORT SCHEMAS
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, sys.argv[5])
import madang_desktop  # noqa: E402
from madang_program import Program  # noqa: E402
from madang_screen import Screen  # noqa: E402

SHORT = "MADANG_BENCHMARK_SHORT" in os.environ
ROUNDS = int(os.environ.get("MADANG_BENCHMARK_ROUNDS", "2" if SHORT else "7"))
RECORDS = int(os.environ.get("MADANG_BENCHMARK_RECORDS", "2000" if SHORT else "100000"))
PULL_PATIENCE = 90


def make_environment(home, schemas):
    settings = os.path.join(home, "config", "gtk-4.0")
    os.makedirs(settings, exist_ok=True)
    with open(os.path.join(settings, "settings.ini"), "w", encoding="ascii") as file:
        file.write("[Settings]\ngtk-cursor-blink=false\n")  # else the screen never rests
    return {**os.environ, "GTK_A11Y": "none", "GSETTINGS_SCHEMA_DIR": schemas}


def start_filled_server(program, fill, home, environment):
    directory = os.path.join(home, "server")
    server = madang_desktop.Server(program, directory)
    server.stop()
    total = subprocess.run([fill, os.path.join(directory, "central.db"), str(RECORDS), "received", "short"],
                           check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout
    server.start()
    return server, total.strip()


def wait_for_list(command, total, environment):
    """Starts the client and looks at it as a screen reader does, until it has all records."""
    display = madang_desktop.Display()
    try:
        program = Program(command[0], display, *command[1:],
                          environment={**environment, "GTK_A11Y": "atspi"})
        try:
            program.find("label", contains=total, patience=PULL_PATIENCE)
        finally:
            program.close()
    finally:
        display.close()


def make_profile(client, server, total, home, environment):
    """Signs the coordinator in for real, and makes sure that the next start shows the list."""
    everyday = [client, "--server", f"http://127.0.0.1:{server.port}",
                "--data-directory", os.path.join(home, "client"), "--login", "coordinator"]
    wait_for_list([*everyday, "--demo", str(server.accounts_file)], total, environment)
    wait_for_list(everyday, total, environment)
    return everyday


def measure(commands, environment):
    times = {name: [] for name in commands}
    for round_number in range(ROUNDS + 1):
        for name, command in commands.items():
            screen = Screen()
            try:
                seconds = screen.measure_start(command, environment)
            finally:
                screen.close()
            if round_number:  # the first round warms the file cache
                times[name].append(seconds)
    return times


def report(times):
    for name, seconds in times.items():
        print(f"{name}: median {statistics.median(seconds) * 1000:.0f} ms, "
              f"{min(seconds) * 1000:.0f}–{max(seconds) * 1000:.0f}, n = {len(seconds)}")
    own = statistics.median(times["madang"])
    print(f"ratio to the bare window: {own / statistics.median(times['bare window']):.2f}")
    if "text editor" not in times:
        print("GNOME Text Editor is not here: no peer")
        return 77
    ratio = own / statistics.median(times["text editor"])
    # Two starts beside other work tell of a collapse only.
    most = 2 if SHORT else 1
    print(f"ratio to GNOME Text Editor: {ratio:.2f} (gate: {most:.2f})")
    return 0 if ratio <= most else 1


def main(client, server_program, fill, bare, _support, schemas):
    madang_desktop.ensure_session_bus()
    home = tempfile.mkdtemp(dir=os.environ["MADANG_TEST_HOME"])
    environment = make_environment(os.environ["MADANG_TEST_HOME"], schemas)
    text = os.path.join(home, "lines.txt")
    with open(text, "w", encoding="utf-8") as file:
        file.writelines(f"{number} 서울의 시민제안을 함께 읽습니다.\n" for number in range(2000))
    server, total = start_filled_server(server_program, fill, home, environment)
    try:
        commands = {"madang": make_profile(client, server, total, home, environment), "bare window": [bare]}
        if shutil.which("gnome-text-editor"):
            commands["text editor"] = ["gnome-text-editor", "--standalone", text]
        return report(measure(commands, environment))
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
