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

-- A scope: the number of its last change, and the digest of the live parts in it. sum is modulo
-- 2^64, kept as a signed number.
CREATE TABLE scope (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  head INTEGER NOT NULL DEFAULT 0,
  count INTEGER NOT NULL DEFAULT 0,
  sum INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Where a part stands in a scope, with the number of the last change of that.
CREATE TABLE feed (
  record INTEGER NOT NULL REFERENCES record (rowid),
  part INTEGER NOT NULL CHECK (part IN (0, 1)),
  scope INTEGER NOT NULL REFERENCES scope (number),
  seq INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'deleted', 'left')),
  PRIMARY KEY (record, part, scope)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX feed_by_seq ON feed (scope, seq);

-- Mutations that have an outcome. A result is forgotten once its device knows it.
CREATE TABLE done (
  mid BLOB PRIMARY KEY CHECK (length (mid) = 16),
  device TEXT NOT NULL,
  number INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  result BLOB,
  UNIQUE (device, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX done_with_result ON done (device, number) WHERE result IS NOT NULL;

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  public_key TEXT NOT NULL,
  last_number INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
  login TEXT PRIMARY KEY,
  account TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  device TEXT NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_end ON session (expires);

CREATE TABLE failure (
  login TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX failure_by_login ON failure (login, source, at);
CREATE INDEX failure_by_time ON failure (at);

CREATE TABLE series (
  name TEXT NOT NULL,
  reset TEXT NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (name, reset)
) STRICT, WITHOUT ROWID;

-- History: who changed what. before and after are JSON.
CREATE TABLE change (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  record BLOB NOT NULL CHECK (length (record) = 16),
  account TEXT NOT NULL,
  mid BLOB CHECK (mid IS NULL OR length (mid) = 16),
  event TEXT,
  path TEXT,
  part INTEGER NOT NULL CHECK (part IN (0, 1)),
  before TEXT,
  after TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX change_by_record ON change (record);

-- The audit log only grows.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  account TEXT,
  device TEXT,
  action TEXT NOT NULL,
  target TEXT,
  detail TEXT
) STRICT;
CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE (ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE (ABORT, 'the audit log only grows');
END;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
