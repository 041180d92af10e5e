-- Times are whole units of 100 nanoseconds since 1970-01-01T00:00:00Z.

CREATE TABLE namespaces (
  name        TEXT PRIMARY KEY,
  description BLOB NOT NULL              -- DescribeNamespaceResponse
) WITHOUT ROWID;

CREATE TABLE search_attributes (
  namespace TEXT NOT NULL,
  name      TEXT NOT NULL,
  kind      INTEGER NOT NULL,            -- IndexedValueType
  PRIMARY KEY (namespace, name)
) WITHOUT ROWID;

CREATE TABLE runs (
  run_key            INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace          TEXT NOT NULL,
  workflow_id        TEXT NOT NULL,
  run_id             TEXT NOT NULL,
  first_run_id       TEXT NOT NULL,
  start_request_id   TEXT NOT NULL,
  workflow_type      TEXT NOT NULL,
  task_queue         TEXT NOT NULL,
  parent_workflow_id TEXT,
  parent_run_id      TEXT,
  root_workflow_id   TEXT NOT NULL,
  root_run_id        TEXT NOT NULL,
  start_time         INTEGER NOT NULL,
  execution_time     INTEGER NOT NULL,
  memo               BLOB NOT NULL,      -- Memo
  search_attributes  BLOB NOT NULL,      -- SearchAttributes, as clients get them
  search_values      TEXT NOT NULL,      -- the same as a JSON object of comparable values, as queries see them
  status             INTEGER NOT NULL,   -- WorkflowExecutionStatus
  close_time         INTEGER,
  history_length     INTEGER NOT NULL,
  history_bytes      INTEGER NOT NULL,
  transition_count   INTEGER NOT NULL,
  due                INTEGER,            -- when time itself will move the run
  awaits_worker      INTEGER NOT NULL,   -- 1 while a workflow task or an activity waits for a worker
  snapshot           TEXT                -- what events do not tell; NULL once closed
);

CREATE UNIQUE INDEX runs_by_run_id ON runs (run_id);
CREATE INDEX runs_by_workflow_id ON runs (namespace, workflow_id);    -- in the order of run_key
CREATE UNIQUE INDEX runs_open ON runs (namespace, workflow_id) WHERE status = 1;
CREATE INDEX runs_by_start ON runs (namespace, start_time);

CREATE TABLE history (
  run_key     INTEGER NOT NULL,
  last_event  INTEGER NOT NULL,          -- id of the last event of the batch
  events      BLOB NOT NULL,             -- History: the events one transaction appended
  PRIMARY KEY (run_key, last_event)
);

CREATE TABLE activities (
  run_key         INTEGER NOT NULL,
  scheduled_event INTEGER NOT NULL,
  attempt         TEXT NOT NULL,         -- what events do not tell about a pending activity
  PRIMARY KEY (run_key, scheduled_event)
) WITHOUT ROWID;

CREATE TABLE outbox (
  message_id  INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        INTEGER NOT NULL,          -- OutboxKind
  run_key     INTEGER NOT NULL,          -- the run it comes from
  event_id    INTEGER NOT NULL,          -- the initiated event in it, 0 where there is none
  workflow_id TEXT NOT NULL,
  run_id      TEXT NOT NULL
);
