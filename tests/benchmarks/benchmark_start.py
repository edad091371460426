#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to last change on the screen, with 100,000 cached records, beside GNOME Text Editor with
2,000 lines and a bare libadwaita window; interleaved, so that a busy machine is busy for all.

    benchmark_start.py CLIENT SERVER FILL BARE ROOT
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(sys.argv[5], "tests", "support"))
import madang_desktop  # noqa: E402
from madang_screen import Screen  # noqa: E402

ROUNDS = int(os.environ.get("MADANG_BENCHMARK_ROUNDS", "7"))
RECORDS = 100_000


def make_environment(home):
    environment = dict(os.environ)
    environment["GTK_A11Y"] = "none"
    settings = os.path.join(home, "config", "gtk-4.0")
    os.makedirs(settings, exist_ok=True)
    with open(os.path.join(settings, "settings.ini"), "w", encoding="ascii") as file:
        file.write("[Settings]\ngtk-cursor-blink=false\n")  # else the screen never rests
    return environment


def make_profile(client, server_program, fill, home, environment):
    """Signs the coordinator in once for real, then fills that profile."""
    server = madang_desktop.Server(server_program, os.path.join(home, "server"))
    data = os.path.join(home, "client")
    arguments = ["--demo", str(server.accounts_file), "--server", f"http://127.0.0.1:{server.port}",
                 "--data-directory", data, "--login", "coordinator"]
    screen = Screen()
    screen.measure_start([client, *arguments], environment)
    screen.close()
    server.stop()
    subprocess.run([fill, data, str(RECORDS)], check=True, env=environment)
    return [client, *arguments]


def main(client, server_program, fill, bare, _root):
    madang_desktop.ensure_session_bus()
    home = tempfile.mkdtemp(prefix="madang-benchmark-")
    environment = make_environment(os.environ["MADANG_TEST_HOME"])
    text = os.path.join(home, "lines.txt")
    with open(text, "w", encoding="utf-8") as file:
        file.writelines(f"{number} 서울의 시민제안을 함께 읽습니다.\n" for number in range(2000))
    commands = {
        "madang": make_profile(client, server_program, fill, home, environment),
        "bare window": [bare],
    }
    if shutil.which("gnome-text-editor"):
        commands["text editor"] = ["gnome-text-editor", "--standalone", text]
    times = {name: [] for name in commands}
    for round_number in range(ROUNDS + 1):
        for name, command in commands.items():
            screen = Screen()
            seconds = screen.measure_start(command, environment)
            screen.close()
            if round_number:  # the first round warms the file cache
                times[name].append(seconds)
    for name, seconds in times.items():
        print(f"{name}: median {statistics.median(seconds) * 1000:.0f} ms, "
              f"{min(seconds) * 1000:.0f}–{max(seconds) * 1000:.0f}, n = {len(seconds)}")
    shutil.rmtree(home, ignore_errors=True)
    own = statistics.median(times["madang"])
    print(f"ratio to the bare window: {own / statistics.median(times['bare window']):.2f}")
    if "text editor" not in times:
        print("GNOME Text Editor is not here: no peer")
        return 77
    ratio = own / statistics.median(times["text editor"])
    print(f"ratio to GNOME Text Editor: {ratio:.2f} (at most 1.00)")
    return 0 if ratio <= 1 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
