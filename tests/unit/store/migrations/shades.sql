-- A table that others refer to is made anew.
CREATE TABLE shade (name TEXT PRIMARY KEY, colour TEXT NOT NULL REFERENCES colour (name)) STRICT;
INSERT INTO shade (name, colour) VALUES ('분홍', '빨강');
CREATE TABLE colour_anew (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
INSERT INTO colour_anew (name, position) SELECT name, rowid FROM colour;
DROP TABLE colour;
ALTER TABLE colour_anew RENAME TO colour;
