# SPDX-License-Identifier: GPL-3.0-or-later
"""A running client, driven as a person would: reads the accessibility tree, presses keys and
buttons."""

import os
import subprocess
import time

from madang_desktop import STRICT, wait_for

# Roles with nothing below them that a test would look for.
LEAVES = ("label", "image", "text", "check box", "scroll bar", "separator")
FRAME = 5   # pixels around a window without a compositor
WHEEL = 90  # pixels of one click of the wheel, about


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
        for node, _ in self.walk_roles(start):
            yield node

    def walk_roles(self, start=None, leaves=()):
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
        for node, found in self.walk_roles(start, LEAVES):
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

    def is_in_view(self, node):
        """Whether all of its height stands within the window, not scrolled out of it."""
        _, y, _, height = self._extents(node)
        window = self._extents(self.root.get_child_at_index(0))[3]
        return height > 0 and y >= 0 and y + height <= window

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
        for node, role in self.walk_roles(leaves=LEAVES):
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
