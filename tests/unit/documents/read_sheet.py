#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a written sheet with nothing but Python's own library, as a stranger would.

    read_sheet.py FILE.xlsx|FILE.csv

Prints a line for each thing found, texts percent-encoded. Fails when the file holds what could
calculate or call: a formula, a link, a macro, a connection.
"""

import csv
import io
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PARTS = (
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet1\.xml"
    r"|xl/worksheets/_rels/sheet1\.xml\.rels|xl/tables/table1\.xml"
)
FORMULA_SIGNS = "=+-@\t\r＝＋－＠"


def quote(text):
    return urllib.parse.quote(text, safe="")


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def read_strings(archive):
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return [unescape("".join(t.text or "" for t in item.iter(f"{MAIN}t"))) for item in root.iter(f"{MAIN}si")]


def read_formats(archive):
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {item.get("numFmtId"): item.get("formatCode") for item in root.iter(f"{MAIN}numFmt")}
    codes.update({"0": "General", "3": "#,##0", "49": "@"})
    return [codes[item.get("numFmtId")] for item in root.find(f"{MAIN}cellXfs")]


def place(reference):
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def show_cells(root, strings, formats):
    for cell in root.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is None:
            continue
        row, column = place(cell.get("r"))
        form = quote(formats[int(cell.get("s", "0"))])
        if cell.get("t") == "s":
            print("cell", row, column, "text", form, quote(strings[int(value.text)]))
        else:
            assert cell.get("t") is None, cell.get("t")
            print("cell", row, column, "number", form, repr(float(value.text)))


def show_table(archive, root):
    table = ElementTree.fromstring(archive.read("xl/tables/table1.xml"))
    names = [unescape(column.get("name")) for column in table.iter(f"{MAIN}tableColumn")]
    assert len({name.casefold() for name in names}) == len(names), names
    print("table", table.get("ref"), "filter", table.find(f"{MAIN}autoFilter").get("ref"))
    for name in names:
        print("column", quote(name))
    pane = root.find(f".//{MAIN}pane")
    print("pane", pane.get("state"), pane.get("ySplit"), pane.get("xSplit"))
    for column in root.iter(f"{MAIN}col"):
        print("width", int(column.get("min")) - 1, round(float(column.get("width"))))


def read_xlsx(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert re.fullmatch(PARTS, name), name
            root = ElementTree.fromstring(archive.read(name))
            for tag in ("f", "hyperlink", "calculatedColumnFormula", "ddeLink", "oleLink"):
                assert root.find(f".//{MAIN}{tag}") is None, (name, tag)
            assert b'TargetMode="External"' not in archive.read(name), name
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        print("sheet", quote(book.find(f".//{MAIN}sheet").get("name")))
        for name in book.iter(f"{MAIN}definedName"):
            assert re.fullmatch(r"('[^']+'|[A-Za-z]{3,})!\$1:\$1", name.text), name.text
            print("repeated", name.get("name"))
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        show_table(archive, sheet)
        show_cells(sheet, read_strings(archive), read_formats(archive))


def check_line_ends(text):
    quoted = False
    assert text.endswith("\r\n")
    for before, sign, after in zip("\n" + text, text, text[1:] + "x"):
        quoted ^= sign == '"'
        if not quoted and sign == "\n":
            assert before == "\r"
        if sign == "\r":
            assert not quoted and after == "\n"


def read_csv(path):
    with open(path, "rb") as file:
        data = file.read()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data[3:].decode("utf-8", "strict")
    check_line_ends(text)
    for row, fields in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True)):
        for column, field in enumerate(fields):
            if field[:1] and field[0] in FORMULA_SIGNS:
                assert re.fullmatch(r"-[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?", field), field
            if field:
                print("cell", row, column, quote(field))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    (read_xlsx if sys.argv[1].endswith(".xlsx") else read_csv)(sys.argv[1])
