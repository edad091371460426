# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual screen whose pixels are a file: when did it change last?"""

import mmap
import os
import pathlib
import subprocess
import tempfile
import time
import zlib

SAMPLE = 0.004  # seconds between two looks
QUIET = 0.8     # seconds without a change that end a start


class Screen:
    def __init__(self, width=1280, height=800):
        self.folder = tempfile.TemporaryDirectory(prefix="madang-screen-")
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-fbdir", self.folder.name, "-screen", "0",
             f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            self.name = ":" + numbers.readline().strip()
        with open(next(pathlib.Path(self.folder.name).iterdir()), "rb") as file:
            self.pixels = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)

    def look(self):
        return zlib.adler32(self.pixels)

    def measure_start(self, command, environment, limit=20, quiet=QUIET):
        """Seconds from the start of the program to the last change of the screen; the program is
        ended then."""
        before = self.look()
        start = last = time.monotonic()
        process = subprocess.Popen(command, env={**environment, "DISPLAY": self.name},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen, changed = before, False
        try:
            while not changed or time.monotonic() - last <= quiet:
                time.sleep(SAMPLE)
                now = time.monotonic()
                if (look := self.look()) != seen:
                    seen, last, changed = look, now, True
                if process.poll() is not None:
                    raise AssertionError(f"{command[0]} ended with {process.returncode}")
                if now - start > limit:
                    raise AssertionError(f"{command[0]} did not come to rest in {limit} s")
        finally:
            process.terminate()
            process.wait()
        self._wait_until_empty(before)
        return last - start

    def _wait_until_empty(self, before):
        end = time.monotonic() + 2
        while self.look() != before and time.monotonic() < end:
            time.sleep(SAMPLE)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.pixels.close()
        self.folder.cleanup()
