-- Deployments in steps. The plan and its limits are JSON; one runs in an environment at a time.
CREATE TABLE rollout (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  version_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  before_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  plan TEXT NOT NULL,
  author TEXT NOT NULL,
  state TEXT NOT NULL,
  step INTEGER NOT NULL,
  deployment_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX rollout_by_environment ON rollout (environment_id, sequence);
CREATE UNIQUE INDEX rollout_running ON rollout (environment_id) WHERE state = 'RUNNING';
