CREATE TABLE colour (name TEXT PRIMARY KEY) STRICT;
INSERT INTO colour (name) VALUES ('빨강'), ('노랑');
