# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the programs in virtual displays and drives them as a person would: reads the
accessibility tree, presses keys and buttons, takes pictures.

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
import traceback

# A warning of the programs fails the test.
STRICT = {"G_DEBUG": "fatal-warnings"}
PATIENCE = float(os.environ.get("MADANG_TEST_PATIENCE", "20"))
# Roles with nothing below them that a test would look for.
LEAVES = ("label", "image", "text", "check box", "scroll bar", "separator")
FRAME = 5   # pixels around a window without a compositor
WHEEL = 90  # pixels of one click of the wheel, about


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


class Program:
    """One running client: its window in the accessibility tree."""

    running = []

    def __init__(self, program, display, *arguments, environment=None):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self.atspi = Atspi
        self.glib_error = GLib.Error
        self.display = display
        self.window = None
        self.process = subprocess.Popen([program, *arguments],
                                        env={**os.environ, **STRICT, "DISPLAY": display.name,
                                             **(environment or {})})
        Program.running.append(self)
        self.root = wait_for(self._find_root, "the program in the accessibility tree", 60)

    # --- reading ------------------------------------------------------------------------------

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
        for node, _ in self._walk(start):
            yield node

    def _walk(self, start=None, leaves=()):
        """Nodes with their roles, depth first; nothing below the roles of leaves."""
        waiting = [start or self.root]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            try:
                role = node.get_role_name()
                yield node, role
                if role not in leaves:
                    waiting.extend(node.get_child_at_index(i) for i in reversed(range(node.get_child_count())))
            except self.glib_error:  # a node that went away while we looked
                continue

    def look(self, role=None, name=None, contains=None, start=None):
        """The first node, depth first, or None."""
        for node, found in self._walk(start, LEAVES):
            try:
                if role and found != role:
                    continue
                text = node.get_name() or ""
                if name is not None and text != name:
                    continue
                if contains is not None and contains not in text:
                    continue
                return node
            except self.glib_error:
                continue
        self._check_alive()
        return None

    def _check_alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}")

    def find(self, role=None, name=None, contains=None, start=None, patience=None):
        return wait_for(lambda: self.look(role, name, contains, start),
                        f"{role or 'a node'} {name or contains or ''}", patience)

    def gone(self, role=None, name=None, contains=None, patience=None):
        wait_for(lambda: not self.look(role, name, contains), f"{role} {name or contains} to go", patience)

    def texts(self):
        """Every name in the window, but for those of widgets that have none of their own."""
        return [name for node in self.walk() if (name := node.get_name()) and not name.startswith(("Gtk", "Adw"))]

    def text_of(self, node):
        return self.atspi.Text.get_text(node, 0, self.atspi.Text.get_character_count(node))

    def is_unseen(self, node):
        """Whether it stands on a page that was never shown."""
        return self._extents(node)[2] == 0

    def has_state(self, node, state):
        return node.get_state_set().contains(getattr(self.atspi.StateType, state))

    def focused(self):
        """The node with the keyboard focus, or None."""
        for node in self.walk():
            try:
                if self.has_state(node, "FOCUSED"):
                    return node
            except self.glib_error:
                continue
        return None

    def wait_for_focus(self, name):
        wait_for(lambda: (node := self.focused()) and node.get_name() == name, f"the focus in {name}")

    # --- the paper and the fields of a form -------------------------------------------------------

    def paper(self):
        """What the paper beside the form says, for those who do not see it."""
        node = self.look("document text")
        return node.get_description() if node else ""

    def wait_for_paper(self, text, patience=None):
        wait_for(lambda: text in self.paper(), f"“{text}” on the paper", patience)

    def field(self, label, start=None):
        return self.find("text", label, start=start)

    def value(self, label):
        return self.text_of(self.field(label))

    def wait_for_value(self, label, text, patience=None):
        wait_for(lambda: self.value(label) == text, f"“{text[:60]}” in {label}", patience)

    def choice(self, group, label):
        """One of the marks under a heading of the form."""
        frame = wait_for(lambda: self.look("grouping", group) or self.look("panel", group), group)
        return self.find("check box", label, start=frame)

    def choose(self, group, label):
        mark = self.choice(group, label)
        self.scroll_to(mark)
        self.click(mark)
        wait_for(lambda: self.has_state(mark, "CHECKED"), f"the mark at {group}: {label}")

    # --- acting -------------------------------------------------------------------------------

    def press(self, node):
        action = node.get_action_iface()
        assert action and action.get_n_actions(), f"{node.get_name()} cannot be pressed"
        assert action.do_action(0)

    def press_button(self, name, patience=None):
        """Presses once the button can be pressed."""
        self.press(wait_for(lambda: self._find_pressable(name), f"the button {name}", patience))

    def _find_pressable(self, name):
        for node, role in self._walk(leaves=LEAVES):
            try:
                if role not in ("push button", "menu item") or node.get_name() != name:
                    continue
                action = node.get_action_iface()
                if action and action.get_n_actions() and self.has_state(node, "SENSITIVE"):
                    return node
            except self.glib_error:
                continue
        self._check_alive()
        return None

    def may_press(self, name):
        return self._find_pressable(name) is not None

    def pick_from_menu(self, menu, item):
        self.press_button(menu)
        self.press_button(item)

    def set_text(self, node, text):
        assert self.atspi.EditableText.set_text_contents(node, text)

    def write(self, label, text):
        self.set_text(self.field(label), text)

    def type(self, text):
        """Keys, into whatever has the focus. Remapped keys get lost when they come any faster."""
        self.display.run("xdotool", "type", "--delay", "30", "--", text)

    def _extents(self, node):
        extents = self.atspi.Component.get_extents(node, self.atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def _origin(self):
        """Where the window's content begins on the screen."""
        if self.window is None:
            self.window = wait_for(self._find_window, "the window on the screen")
        geometry = dict(line.split("=") for line in
                        self.display.run("xdotool", "getwindowgeometry", "--shell", self.window).split()
                        if "=" in line)
        return int(geometry["X"]) + FRAME, int(geometry["Y"]) + FRAME

    def _find_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               env={**os.environ, "DISPLAY": self.display.name},
                               capture_output=True, text=True, check=False).stdout.split()
        return found[0] if found else None

    def resize(self, width, height):
        self._origin()
        self.display.run("xdotool", "windowsize", self.window, str(width), str(height))
        wait_for(lambda: abs(self._extents(self.root.get_child_at_index(0).get_child_at_index(0))[2] - width)
                 <= 2 * FRAME, "the new size")

    def scroll_to(self, node):
        """Turns the mouse wheel until the node is in view."""
        pane = None
        above = node.get_parent()
        while above is not None and above.get_role_name() != "frame":
            if above.get_role_name() == "scroll pane":
                pane = above
            above = above.get_parent()
        assert pane, f"{node.get_name()} stands in nothing that scrolls"
        wait_for(lambda: self._scroll_nearer(node, pane), f"{node.get_name()} in view")

    def scroll_to_top(self, pane):
        left, top, width, height = self._extents(pane)
        origin_x, origin_y = self._origin()
        self.display.run("xdotool", "mousemove", str(origin_x + left + width // 2),
                         str(origin_y + top + height // 2), "click", "--delay", "12", "--repeat", "40", "4")

    def _scroll_nearer(self, node, pane):
        left, top, _, height = self._extents(pane)
        _, y, _, tall = self._extents(node)
        tall = min(tall, height - 60)
        too_low = y + tall + 20 - (top + height)
        too_high = top + 20 - y
        if too_low <= 0 and too_high <= 0:
            return True
        origin_x, origin_y = self._origin()
        # At the edge of the column nothing else takes the wheel.
        self.display.run("xdotool", "mousemove", str(origin_x + left + 6), str(origin_y + top + height // 2),
                         "click", "--delay", "12", "--repeat", str(max(1, max(too_low, too_high) // WHEEL)),
                         "5" if too_low > 0 else "4")
        return False

    def click(self, node, times=1):
        """With the mouse, where actions do not reach (check buttons, rows)."""
        self.click_at(node, 0.5, 0.5, times)

    def click_at(self, node, across, down, times=1):
        """At a place in the node: 0 is its start, 1 its end."""
        x, y, width, height = self._extents(node)
        origin_x, origin_y = self._origin()
        self.display.click(origin_x + x + int(width * across), origin_y + y + int(height * down), times)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._forget()

    def close(self):
        """As a person closes a window; fails when the program does not end well."""
        if self.process.poll() is None:
            self.display.key("ctrl+q")
            try:
                assert self.process.wait(20) == 0, f"the program ended with {self.process.returncode}"
            finally:
                self.stop()
        self._forget()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self._forget()

    def _forget(self):
        if self in Program.running:
            Program.running.remove(self)


class Skip(Exception):
    """What the test needs is not there."""


def run_tests(*tests, in_order=False):
    """Runs them in turn and tells in TAP; a failure leaves what the windows say. in_order: each
    test begins where the one before it ended, so the first failure is the end."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        start = time.monotonic()
        try:
            test()
            print(f"ok {number} - {test.__name__}  # {time.monotonic() - start:.1f} s", flush=True)
        except Skip as reason:
            print(f"ok {number} - {test.__name__} # SKIP {reason}", flush=True)
        except Exception:
            failed += 1
            traceback.print_exc()
            show_windows(test.__name__)
            print(f"not ok {number} - {test.__name__}", flush=True)
            if in_order:
                print("Bail out! the other steps follow this one", flush=True)
                break
    return 1 if failed else 0


def show_windows(name):
    folder = os.environ.get("MADANG_PICTURES")
    for number, program in enumerate(Program.running):
        try:
            print(f"# window {number}: {program.texts()}", file=sys.stderr)
            if folder:
                os.makedirs(folder, exist_ok=True)
                program.display.picture(f"{folder}/failed-{name}-{number}.png")
        except Exception as error:
            print(f"# window {number} cannot be read: {error}", file=sys.stderr)
