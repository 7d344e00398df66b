-- Times are milliseconds since 1970, truths 0 or 1, objects and lists JSON.

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE service (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
);

CREATE TABLE environment (
  id INTEGER PRIMARY KEY,
  service_id INTEGER NOT NULL REFERENCES service ON DELETE CASCADE,
  name TEXT NOT NULL,
  hostname INTEGER NOT NULL,
  previews INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  UNIQUE (service_id, name)
);

-- What wrangler calls script settings (tags, observability, ...): of the environment, not of a version.
CREATE TABLE environment_setting (
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  key TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (environment_id, key)
) WITHOUT ROWID;

CREATE TABLE version (
  id TEXT PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  number INTEGER NOT NULL,
  main TEXT NOT NULL,
  format TEXT NOT NULL,
  compatibility_date TEXT NOT NULL,
  compatibility_flags TEXT NOT NULL,
  limits TEXT NOT NULL,
  migration_tag TEXT,
  source TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  annotations TEXT NOT NULL,
  UNIQUE (environment_id, number)
);

-- A module's bytes once, however many versions have them.
CREATE TABLE content (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
);

CREATE TABLE module (
  version_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES content,
  PRIMARY KEY (version_id, position)
) WITHOUT ROWID;
CREATE INDEX module_by_content ON module (sha256);

-- A secret's text is in sealed, bound to its version and name; everything else of a binding is in attributes.
CREATE TABLE binding (
  version_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  attributes TEXT NOT NULL,
  sealed BLOB,
  PRIMARY KEY (version_id, name)
) WITHOUT ROWID;

CREATE TABLE deployment (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  source TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  annotations TEXT NOT NULL
);
CREATE INDEX deployment_by_environment ON deployment (environment_id, sequence);

CREATE TABLE share (
  deployment_sequence INTEGER NOT NULL REFERENCES deployment ON DELETE CASCADE,
  version_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  percentage REAL NOT NULL,
  PRIMARY KEY (deployment_sequence, version_id)
) WITHOUT ROWID;
CREATE INDEX share_by_version ON share (version_id);

CREATE TABLE alias (
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  name TEXT NOT NULL,
  version_id TEXT NOT NULL REFERENCES version ON DELETE CASCADE,
  PRIMARY KEY (environment_id, name)
) WITHOUT ROWID;
CREATE INDEX alias_by_version ON alias (version_id);

CREATE TABLE route (
  pattern TEXT PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX route_by_environment ON route (environment_id);

CREATE TABLE domain (
  hostname TEXT PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX domain_by_environment ON domain (environment_id);

CREATE TABLE schedule (
  environment_id INTEGER NOT NULL REFERENCES environment ON DELETE CASCADE,
  cron TEXT NOT NULL,
  PRIMARY KEY (environment_id, cron)
) WITHOUT ROWID;

CREATE TABLE kv_namespace (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
);

CREATE TABLE token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  pattern TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  author TEXT NOT NULL,
  action TEXT NOT NULL,
  service TEXT NOT NULL,
  environment TEXT,
  detail TEXT NOT NULL
);
CREATE INDEX audit_by_service ON audit (service, environment, id);
