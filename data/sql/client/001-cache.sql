-- Records: the same table on both sides. A part that is absent is NULL. Row ids are never used
-- again, so that a list may remember them.
CREATE TABLE record (
  rowid INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),
  kind TEXT NOT NULL,
  scope TEXT,
  state TEXT NOT NULL,
  v INTEGER NOT NULL DEFAULT 0,
  pv INTEGER NOT NULL DEFAULT 0,
  main TEXT,
  personal TEXT,
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  waiting INTEGER NOT NULL DEFAULT 0,
  troubled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX record_by_kind ON record (kind, rowid);

-- What the index tables k_<kind> were made from.
CREATE TABLE index_shape (
  kind TEXT PRIMARY KEY,
  shape TEXT NOT NULL
) STRICT, WITHOUT ROWID;
