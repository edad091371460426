# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree of a program, taken whole: some two thousand nodes, asked one by one, cost
more than anything a test does with them.

A program tells of every node it ever showed in one answer, also of those it hides now and not of
those that nobody asked about yet. So every node is asked for its children too, all at once.
"""

import functools

CACHE = "/org/a11y/atspi/cache"
ROOT = "/org/a11y/atspi/accessible/root"
DEADLINE = 30000  # ms
# Toolkits call the same roles by other names as time goes by: here as the oldest of them does.
ROLES = {"button": "push button", "grouping": "panel", "radio button": "check box"}


@functools.cache
def _modules():
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, Gio, GLib
    return Atspi, Gio, GLib


class Bus:
    """The bus on which programs offer their trees."""

    def __init__(self):
        _, gio, glib = _modules()
        self.variant, self.error = glib.Variant, glib.Error
        self.context = glib.MainContext.default()
        session = gio.bus_get_sync(gio.BusType.SESSION, None)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    0, DEADLINE, None).unpack()[0]
        self.connection = gio.DBusConnection.new_for_address_sync(
            address, gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def ask(self, name, path, interface, method, signature=None, *arguments):
        """The answer, a tuple."""
        given = self.variant(signature, arguments) if signature else None
        return self.connection.call_sync(name, path, interface, method, given, None, 0, DEADLINE, None).unpack()

    def ask_for_children(self, name, paths):
        """Asks nodes for their children, all at once, and new ones for theirs: children by path."""
        children, waiting = {}, 0

        def ask(path):
            nonlocal waiting
            if path not in children:
                children[path] = []
                waiting += 1
                self.connection.call(name, path, "org.a11y.atspi.Accessible", "GetChildren", None, None, 0,
                                     DEADLINE, None, answered, path)

        def answered(connection, result, path):
            nonlocal waiting
            waiting -= 1
            try:
                children[path] = [child for _, child in connection.call_finish(result).unpack()[0]]
            except self.error:  # a node that went away while we asked
                return
            for child in children[path]:
                if child not in paths:
                    ask(child)

        for path in paths:
            ask(path)
        while waiting:
            self.context.iteration(True)
        return children

    def find_program(self, process):
        """The name on the bus of the program with that process, once it shows a window; or None."""
        try:
            for name, path in self.ask("org.a11y.atspi.Registry", ROOT, "org.a11y.atspi.Accessible",
                                       "GetChildren")[0]:
                found = self.ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                 "GetConnectionUnixProcessID", "(s)", name)[0]
                if found == process and self.ask(name, path, "org.a11y.atspi.Accessible", "GetChildren")[0]:
                    return name
        except self.error:  # a program that ends while we ask
            pass
        return None


class Node:
    """A node as it was when the tree was taken; what is asked with "now" is asked of the program."""

    def __init__(self, bus, owner, item):
        (_, self.path), _, (_, self.above), _, self.count, _, self.name, role, self.description, states = item
        self.bus, self.owner = bus, owner
        self.role = _role_name(role)
        self.states = states
        self.parent, self.children = None, []

    def walk(self, leaves=()):
        """This node and those below it, depth first; nothing below the roles of leaves."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.role not in leaves:
                waiting.extend(reversed(node.children))

    def was(self, state):
        return _holds(self.states, state)

    def is_now(self, state):
        return _holds(self._ask("Accessible", "GetState")[0], state)

    def text_now(self):
        return self._ask("Text", "GetText", "(ii)", 0, self.length_now())[0]

    def length_now(self):
        return self._get("Text", "CharacterCount")

    def set_text(self, text):
        assert self._ask("EditableText", "SetTextContents", "(s)", text)[0]

    def insert_text(self, position, text):
        assert self._ask("EditableText", "InsertText", "(isi)", position, text, len(text.encode()))[0]

    def extents_now(self):
        """x, y, width and height within the window."""
        atspi = _modules()[0]
        return self._ask("Component", "GetExtents", "(u)", int(atspi.CoordType.WINDOW))[0]

    def count_actions(self):
        try:
            return self._get("Action", "NActions")
        except self.bus.error:  # it offers none at all
            return 0

    def press(self):
        assert self.count_actions(), f"{self.name} cannot be pressed"
        assert self._ask("Action", "DoAction", "(i)", 0)[0]

    def _ask(self, interface, method, signature=None, *arguments):
        return self.bus.ask(self.owner, self.path, "org.a11y.atspi." + interface, method, signature, *arguments)

    def _get(self, interface, name):
        return self.bus.ask(self.owner, self.path, "org.freedesktop.DBus.Properties", "Get", "(ss)",
                            "org.a11y.atspi." + interface, name)[0]


def take(bus, owner):
    """The root of the program's tree, and every node by its path."""
    known = _take_known(bus, owner)
    children = bus.ask_for_children(owner, {path for path, node in known.items() if node.count or path == ROOT})
    if not children.keys() <= known.keys():
        known = _take_known(bus, owner)
    for path, below in children.items():
        if path in known:
            _adopt(known, known[path], below)
    return known[ROOT], known


def _take_known(bus, owner):
    items = bus.ask(owner, CACHE, "org.a11y.atspi.Cache", "GetItems")[0]
    return {node.path: node for node in (Node(bus, owner, item) for item in items)}


def _adopt(nodes, parent, below):
    for path in below:
        child = nodes.get(path)
        if child and child.above != parent.path:  # a stack names what stands in its pages
            child = nodes.get(child.above)
        if child and child.parent is None:
            child.parent = parent
            parent.children.append(child)


def _holds(states, state):
    number = int(getattr(_modules()[0].StateType, state))
    return bool(states[number // 32] & 1 << number % 32)


@functools.cache
def _role_name(role):
    atspi = _modules()[0]
    name = atspi.role_get_name(atspi.Role(role))
    return ROLES.get(name, name)
