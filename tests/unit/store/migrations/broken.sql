CREATE TABLE half (name TEXT) STRICT;
INSERT INTO nothing (name) VALUES ('fails');
