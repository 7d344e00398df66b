-- Hostnames of environments before they were renamed: they redirect for a time.
CREATE TABLE former_hostname (
  hostname TEXT PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX former_hostname_by_environment ON former_hostname (environment_id);

-- The ways of promotion: an environment's version goes on to the one of the next position.
CREATE TABLE pipeline (
  environment_id INTEGER PRIMARY KEY REFERENCES environment ON DELETE CASCADE,
  position INTEGER NOT NULL
);

-- What a promotion changed, so that it can be undone. The last one of an environment alone can.
CREATE TABLE promotion (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  source_id INTEGER REFERENCES environment ON DELETE SET NULL,
  target_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  version_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  deployment_id TEXT NOT NULL,
  before TEXT NOT NULL,
  undone INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX promotion_by_target ON promotion (target_id, sequence);

CREATE INDEX audit_by_time ON audit (at);
