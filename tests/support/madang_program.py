# SPDX-License-Identifier: GPL-3.0-or-later
"""A running client, driven as a person would: reads the accessibility tree, presses keys and
buttons."""

import os
import subprocess
import time

from madang_desktop import STRICT, wait_for
from madang_tree import Bus, take

# Roles with nothing below them that a test would look for.
LEAVES = ("label", "image", "text", "check box", "scroll bar", "separator")
FRAME = 5   # pixels around a window without a compositor
WHEEL = 90  # pixels of one click of the wheel, about


class Program:
    """One running client: its window in the accessibility tree."""

    running = []

    def __init__(self, program, display, *arguments, environment=None):
        self.bus = Bus()
        self.display = display
        self.window = None
        self.process = subprocess.Popen([program, *arguments],
                                        env={**os.environ, **STRICT, "DISPLAY": display.name,
                                             **(environment or {})})
        Program.running.append(self)
        self.name = wait_for(self._find_name, "the program in the accessibility tree", 60)

    # --- reading ------------------------------------------------------------------------------

    def _find_name(self):
        self._check_alive()
        return self.bus.find_program(self.process.pid)

    def tree(self):
        """The tree as it is now."""
        try:
            return take(self.bus, self.name)
        except self.bus.error:
            self._check_alive()
            raise

    def walk(self, start=None):
        return self.walk_below(start)

    def walk_below(self, start=None, leaves=()):
        """Nodes as they are now, depth first; nothing below the roles of leaves."""
        root, nodes = self.tree()
        begin = nodes.get(start.path) if start else root
        return begin.walk(leaves) if begin else iter(())

    def look(self, role=None, name=None, contains=None, start=None):
        """The first node, depth first, or None."""
        for node in self.walk_below(start, LEAVES):
            if role and node.role != role:
                continue
            if name is not None and node.name != name:
                continue
            if contains is not None and contains not in node.name:
                continue
            return node
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
        return [node.name for node in self.walk() if node.name and not node.name.startswith(("Gtk", "Adw"))]

    def text_of(self, node):
        return node.text_now()

    def is_unseen(self, node):
        """Whether it stands on a page that was never shown."""
        return node.extents_now()[2] == 0

    def is_in_view(self, node):
        """Whether all of its height stands within the window, not scrolled out of it."""
        _, y, _, height = node.extents_now()
        window = self._frame().extents_now()[3]
        return height > 0 and y >= 0 and y + height <= window

    def has_state(self, node, state):
        return node.is_now(state)

    def _frame(self):
        return self.tree()[0].children[0]

    def focused(self):
        """The node with the keyboard focus, or None."""
        return next((node for node in self.walk() if node.was("FOCUSED")), None)

    def wait_for_focus(self, name):
        wait_for(lambda: (node := self.focused()) and node.name == name, f"the focus in {name}")

    # --- the paper and the fields of a form -------------------------------------------------------

    def paper(self):
        """What the paper beside the form says, for those who do not see it."""
        node = self.look("document text")
        return node.description if node else ""

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
        frame = self.find("panel", group)
        return self.find("check box", label, start=frame)

    def choose(self, group, label):
        mark = self.choice(group, label)
        self.scroll_to(mark)
        self.click(mark)
        wait_for(lambda: self.has_state(mark, "CHECKED"), f"the mark at {group}: {label}")

    # --- acting -------------------------------------------------------------------------------

    def press(self, node):
        node.press()

    def press_button(self, name, patience=None):
        """Presses once the button can be pressed."""
        self.press(wait_for(lambda: self._find_pressable(name), f"the button {name}", patience))

    def press_until(self, name, shown):
        """Presses again while nothing comes of it: a press is lost when the button is replaced at
        the same moment."""
        def attempt():
            if node := self._find_pressable(name):
                self.press(node)
            end = time.monotonic() + 3
            while time.monotonic() < end:
                if self.look(name=shown):
                    return True
                time.sleep(0.02)
            return False
        wait_for(attempt, f"{shown} after pressing {name}")

    def _find_pressable(self, name):
        return next((node for node in self.walk_below(leaves=LEAVES)
                     if node.role in ("push button", "toggle button", "menu item") and node.name == name
                     and node.was("SENSITIVE") and node.count_actions()), None)

    def may_press(self, name):
        return self._find_pressable(name) is not None

    def pick_from_menu(self, menu, item):
        self.press_button(menu)
        self.press_button(item)

    def set_text(self, node, text):
        node.set_text(text)

    def write(self, label, text):
        self.set_text(self.field(label), text)

    def type(self, text):
        """Keys, into whatever has the focus. Remapped keys get lost when they come any faster."""
        self.display.run("xdotool", "type", "--delay", "30", "--", text)

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
        wait_for(lambda: abs(self._frame().children[0].extents_now()[2] - width) <= 2 * FRAME, "the new size")

    def scroll_to(self, node):
        """Turns the mouse wheel until the node is in view."""
        pane = None
        above = node.parent
        while above is not None and above.role != "frame":
            if above.role == "scroll pane":
                pane = above
            above = above.parent
        assert pane, f"{node.name} stands in nothing that scrolls"
        wait_for(lambda: self._scroll_nearer(node, pane), f"{node.name} in view")

    def scroll_to_top(self, pane):
        left, top, width, height = pane.extents_now()
        origin_x, origin_y = self._origin()
        self.display.run("xdotool", "mousemove", str(origin_x + left + width // 2),
                         str(origin_y + top + height // 2), "click", "--delay", "12", "--repeat", "40", "4")

    def _scroll_nearer(self, node, pane):
        left, top, _, height = pane.extents_now()
        _, y, _, tall = node.extents_now()
        tall = min(tall, height - 60)
        too_low = y + tall + 20 - (top + height)
        too_high = top + 20 - y
        if too_low <= 0 and too_high <= 0:
            time.sleep(0.1)
            return node.extents_now()[1] == y  # it may still be rolling
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
        x, y, width, height = node.extents_now()
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
