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

-- Scopes that are followed. count and sum (modulo 2^64, as a signed number) cover the parts that
-- came since the generation began; a new snapshot is a new generation.
CREATE TABLE scope (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  cursor TEXT NOT NULL DEFAULT '',
  generation INTEGER NOT NULL DEFAULT 1,
  count INTEGER NOT NULL DEFAULT 0,
  sum INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0, -- received to its end at least once
  doubted INTEGER NOT NULL DEFAULT 0,  -- the last digest differed
  sweeping INTEGER NOT NULL DEFAULT 0, -- parts of earlier generations are still there
  renewing INTEGER NOT NULL DEFAULT 0, -- not complete since the epoch changed
  purging INTEGER NOT NULL DEFAULT 0   -- not followed any more; its parts are being removed
) STRICT;

-- Which scope holds which part, as the feed told. Scope 0 is no scope: parts that are known only
-- from the answer to a push.
CREATE TABLE member (
  record BLOB NOT NULL CHECK (length (record) = 16),
  part INTEGER NOT NULL CHECK (part IN (0, 1)),
  scope INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (record, part, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_scope ON member (scope, generation);

-- Parts whose version was told by the new epoch; empty when no scope is renewing.
CREATE TABLE renewed (
  record BLOB NOT NULL CHECK (length (record) = 16),
  part INTEGER NOT NULL CHECK (part IN (0, 1)),
  PRIMARY KEY (record, part)
) STRICT, WITHOUT ROWID;

-- What the server confirmed, for records with rows in the outbox: their record row holds what
-- the person sees.
CREATE TABLE shadow (
  id BLOB PRIMARY KEY CHECK (length (id) = 16),
  kind TEXT NOT NULL,
  scope TEXT,
  state TEXT NOT NULL,
  v INTEGER NOT NULL,
  pv INTEGER NOT NULL,
  main TEXT,
  personal TEXT,
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Changes without an outcome, and refused ones. body is signed and never changes once fixed.
CREATE TABLE outbox (
  place INTEGER PRIMARY KEY,
  mid BLOB NOT NULL UNIQUE CHECK (length (mid) = 16),
  record BLOB NOT NULL CHECK (length (record) = 16),
  kind TEXT NOT NULL,
  operation TEXT NOT NULL,
  event TEXT,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  signature TEXT NOT NULL,
  number INTEGER,                     -- of the device, once sealed
  fixed INTEGER NOT NULL DEFAULT 0,   -- the server may know it
  shown INTEGER NOT NULL DEFAULT 1,   -- 0: sent once before, so the confirmed state has it
  held INTEGER NOT NULL DEFAULT 0,    -- depends on a refused one
  refused INTEGER NOT NULL DEFAULT 0,
  code TEXT,
  arguments TEXT
) STRICT;
CREATE INDEX outbox_by_record ON outbox (record, place);
CREATE INDEX outbox_by_number ON outbox (number) WHERE number IS NOT NULL;
-- Counted after every edit.
CREATE INDEX outbox_waiting ON outbox (operation, refused);
CREATE INDEX outbox_refused ON outbox (record, refused) WHERE refused;

-- The journal of changes with an outcome, for a server that was restored from a backup.
CREATE TABLE sent (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  mid BLOB NOT NULL UNIQUE CHECK (length (mid) = 16),
  record BLOB NOT NULL CHECK (length (record) = 16),
  device TEXT NOT NULL,
  number INTEGER,
  body BLOB NOT NULL,
  signature TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX sent_by_number ON sent (device, number);
CREATE INDEX sent_by_record ON sent (record);
CREATE INDEX sent_by_time ON sent (at);

-- Records in conflict whose conflict record has not come yet.
CREATE TABLE expected_conflict (
  record BLOB PRIMARY KEY CHECK (length (record) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_troubled ON record (id) WHERE troubled = 1;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
