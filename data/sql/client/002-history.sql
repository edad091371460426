-- The history of records, as far as it was fetched. body is a change as the server told it.
CREATE TABLE history (
  record BLOB NOT NULL CHECK (length (record) = 16),
  number INTEGER NOT NULL,
  part INTEGER NOT NULL CHECK (part IN (0, 1)),
  body BLOB NOT NULL,
  PRIMARY KEY (record, number)
) STRICT, WITHOUT ROWID;

-- How far back it goes without a gap: next is what to ask for next, 0: it is whole. Numbers are
-- those of one epoch of the server.
CREATE TABLE history_reach (
  record BLOB PRIMARY KEY CHECK (length (record) = 16),
  epoch TEXT NOT NULL,
  next INTEGER NOT NULL,
  fetched INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What may not be read any more leaves no trace in its history either.
CREATE TRIGGER history_goes_with_record AFTER DELETE ON record
BEGIN
  DELETE FROM history WHERE record = OLD.id;
  DELETE FROM history_reach WHERE record = OLD.id;
END;
CREATE TRIGGER history_goes_with_main AFTER UPDATE OF main ON record
WHEN NEW.main IS NULL AND OLD.main IS NOT NULL
BEGIN
  DELETE FROM history WHERE record = OLD.id;
  DELETE FROM history_reach WHERE record = OLD.id;
END;
CREATE TRIGGER history_goes_with_personal AFTER UPDATE OF personal ON record
WHEN NEW.personal IS NULL AND OLD.personal IS NOT NULL
BEGIN
  DELETE FROM history WHERE record = OLD.id AND part = 1;
END;
