-- What stands in a form and is no value of its field: on this device only, never sent.
CREATE TABLE rough (
  record BLOB NOT NULL CHECK (length (record) = 16),
  field TEXT NOT NULL,
  body TEXT NOT NULL CHECK (length (CAST (body AS BLOB)) <= 65536),
  PRIMARY KEY (record, field)
) STRICT, WITHOUT ROWID;

-- It goes with what may not be read any more; of which part a field is, is not known here.
CREATE TRIGGER rough_goes_with_record AFTER DELETE ON record
BEGIN
  DELETE FROM rough WHERE record = OLD.id;
END;
CREATE TRIGGER rough_goes_with_part AFTER UPDATE OF main, personal ON record
WHEN (NEW.main IS NULL AND OLD.main IS NOT NULL)
  OR (NEW.personal IS NULL AND OLD.personal IS NOT NULL)
BEGIN
  DELETE FROM rough WHERE record = OLD.id;
END;
