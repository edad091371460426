# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test of whole programs stands on: a session bus and a home of its own, virtual displays
with mouse and keys, a running server.

A test script calls ensure_session_bus() first; it runs itself again under a session bus of its
own, in a fresh home.
"""

import atexit
import configparser
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# A warning of the programs fails the test.
STRICT = {"G_DEBUG": "fatal-warnings"}
PATIENCE = float(os.environ.get("MADANG_TEST_PATIENCE", "20"))


def ensure_session_bus():
    """Replaces this process by itself inside a private bus and home, once."""
    if os.environ.get("MADANG_TEST_HOME"):
        os.dup2(int(os.environ["MADANG_TEST_OUTPUT"]), sys.stdout.fileno())
        return
    home = tempfile.mkdtemp(prefix="madang-test-")
    environment = dict(os.environ)
    environment.update({
        "MADANG_TEST_HOME": home,
        "HOME": home,
        "XDG_RUNTIME_DIR": make_private(f"{home}/run"),
        "XDG_DATA_HOME": f"{home}/data",
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "LC_ALL": "ko_KR.UTF-8",
        "LANG": "ko_KR.UTF-8",
        "GSETTINGS_BACKEND": "memory",
        "GSK_RENDERER": "cairo",
        "GDK_BACKEND": "x11",
        "GTK_A11Y": "atspi",
        "NO_AT_BRIDGE": "0",
        "SECRET_BACKEND": "file",
        "SECRET_FILE_TEST_PATH": f"{home}/keyring",
        "SECRET_FILE_TEST_PASSWORD": "test",
    })
    environment.pop("WAYLAND_DISPLAY", None)
    environment.pop("G_DEBUG", None)  # the library that reads the accessibility tree warns freely
    # Services of the bus talk too; only the test itself writes to the output.
    output = os.dup(sys.stdout.fileno())
    environment["MADANG_TEST_OUTPUT"] = str(output)
    process = subprocess.Popen(["dbus-run-session", "--", sys.executable] + sys.argv, env=environment,
                               start_new_session=True, stdout=sys.stderr, pass_fds=(output,))
    # Whatever ends the test ends everything that it started.
    signal.signal(signal.SIGTERM, lambda *_: end_group(process))
    try:
        code = process.wait()
    finally:
        end_group(process)
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(code)


def end_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def make_private(path):
    os.makedirs(path, mode=0o700, exist_ok=True)
    return path


def wait_for(condition, what, patience=None):
    """Polls until condition() gives something true, and returns that."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.02)


class Display:
    """A virtual screen of its own."""

    def __init__(self, width=1280, height=800):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            self.name = ":" + numbers.readline().strip()

    def run(self, *command, **more):
        return subprocess.run(command, env={**os.environ, "DISPLAY": self.name}, check=True,
                              capture_output=True, text=True, **more).stdout

    def key(self, *keys):
        self.run("xdotool", "key", "--delay", "30", *keys)

    def click(self, x, y, times=1):
        self.run("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "50", "1")

    def copy(self, text):
        """Into the clipboard, as other programs do; zeros end nothing there."""
        subprocess.run(["xclip", "-selection", "clipboard", "-in"], input=text.encode(), check=True,
                       env={**os.environ, "DISPLAY": self.name}, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def picture(self, path):
        self.run("import", "-window", "root", str(path))

    def close(self):
        self.process.terminate()
        self.process.wait()


class Server:
    """madang-server over a demo database; may be stopped and started again."""

    def __init__(self, program, directory, *options):
        self.program, self.directory, self.options = program, pathlib.Path(directory), options
        self.port = 0
        self.process = None
        self.start()

    def start(self, *more):
        port_file = self.directory.parent / (self.directory.name + "-port")
        port_file.unlink(missing_ok=True)
        listen = ["--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [self.program, "demo", "--directory", str(self.directory), "--port-file", str(port_file),
             *listen, *self.options, *more], stderr=sys.stderr, stdout=subprocess.DEVNULL,
            env={**os.environ, **STRICT})
        atexit.register(self.process.kill)
        text = wait_for(lambda: port_file.exists() and port_file.read_text().strip(), "the server's port", 60)
        self.port = int(text)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(20) == 0, "the server did not end cleanly"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def accounts_file(self):
        return self.directory / "accounts.ini"

    def accounts(self):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(self.accounts_file, encoding="utf-8")
        return {name: dict(parser[name]) for name in parser.sections()}
