CREATE TABLE schedules (
  namespace         TEXT NOT NULL,
  schedule_id       TEXT NOT NULL,
  created           INTEGER NOT NULL,    -- in the units of 0001
  definition        BLOB NOT NULL,       -- Schedule: canonical, with its pause and its remaining actions
  memo              BLOB NOT NULL,       -- Memo
  search_attributes BLOB NOT NULL,       -- SearchAttributes, as clients get them
  progress          TEXT NOT NULL,       -- JSON: what it has done and has yet to do
  last_result       BLOB,                -- Payloads: of the last workflow that completed
  last_failure      BLOB,                -- Failure: of the last workflow, where it failed
  paused            INTEGER NOT NULL,    -- the rest is for queries
  search_values     TEXT NOT NULL,       -- JSON object of comparable values
  PRIMARY KEY (namespace, schedule_id)
) WITHOUT ROWID;
