# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the installed programs in virtual displays and drives them as a person would:
reads the accessibility tree, presses keys and buttons, takes pictures.

A test script calls ensure_session_bus() first; it runs itself again under a session bus of its
own, in a fresh home.
"""

import configparser
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = float(os.environ.get("MADANG_TEST_PATIENCE", "20"))


def ensure_session_bus():
    """Replaces this process by itself inside a private bus and home, once."""
    if os.environ.get("MADANG_TEST_HOME"):
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
    code = subprocess.call(["dbus-run-session", "--", sys.executable] + sys.argv, env=environment)
    shutil.rmtree(home, ignore_errors=True)
    sys.exit(code)


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

    def click(self, x, y):
        self.run("xdotool", "mousemove", str(x), str(y), "click", "1")

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
             *listen, *self.options, *more], stderr=sys.stderr)
        text = wait_for(lambda: port_file.exists() and port_file.read_text().strip(), "the server's port", 60)
        self.port = int(text)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(20) == 0, "the server did not end cleanly"

    @property
    def accounts_file(self):
        return self.directory / "accounts.ini"

    def accounts(self):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(self.accounts_file, encoding="utf-8")
        return {name: dict(parser[name]) for name in parser.sections()}


class Program:
    """One running client: its window in the accessibility tree."""

    def __init__(self, program, display, *arguments, environment=None):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        self.display = display
        self.process = subprocess.Popen([program, *arguments],
                                        env={**os.environ, "DISPLAY": display.name, **(environment or {})})
        self.root = wait_for(self._find_root, "the program in the accessibility tree", 60)

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}")
        desktop = self.atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid and child.get_child_count():
                return child
        return None

    def walk(self, start=None):
        waiting = [start or self.root]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            yield node
            try:
                waiting.extend(node.get_child_at_index(i) for i in reversed(range(node.get_child_count())))
            except Exception:  # a node that went away while we looked
                continue

    def look(self, role=None, name=None, contains=None, start=None):
        """The first node, depth first, or None."""
        for node in self.walk(start):
            try:
                if role and node.get_role_name() != role:
                    continue
                text = node.get_name() or ""
                if name is not None and text != name:
                    continue
                if contains is not None and contains not in text:
                    continue
                return node
            except Exception:
                continue
        return None

    def find(self, role=None, name=None, contains=None, start=None, patience=None):
        return wait_for(lambda: self.look(role, name, contains, start),
                        f"{role or 'a node'} {name or contains or ''}", patience)

    def gone(self, role=None, name=None, contains=None, patience=None):
        wait_for(lambda: not self.look(role, name, contains), f"{role} {name or contains} to go", patience)

    def texts(self):
        return [node.get_name() for node in self.walk() if node.get_name()]

    def press(self, node):
        action = node.get_action_iface()
        assert action and action.get_n_actions(), f"{node.get_name()} cannot be pressed"
        assert action.do_action(0)

    def set_text(self, node, text):
        assert self.atspi.EditableText.set_text_contents(node, text)

    def text_of(self, node):
        return self.atspi.Text.get_text(node, 0, self.atspi.Text.get_character_count(node))

    def has_state(self, node, state):
        return node.get_state_set().contains(getattr(self.atspi.StateType, state))

    def click(self, node):
        """With the mouse, where actions do not reach (check buttons, rows)."""
        extents = self.atspi.Component.get_extents(node, self.atspi.CoordType.WINDOW)
        window = self.display.run("xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)).split()[0]
        geometry = dict(line.split("=") for line in
                        self.display.run("xdotool", "getwindowgeometry", "--shell", window).split() if "=" in line)
        self.display.click(int(geometry["X"]) + extents.x + extents.width // 2,
                           int(geometry["Y"]) + extents.y + extents.height // 2)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
