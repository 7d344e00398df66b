-- Static files: a list once, however many versions have it. Their bytes are in content, as those of modules.
CREATE TABLE file_list (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE
);

CREATE TABLE file (
  list_id INTEGER NOT NULL REFERENCES file_list ON DELETE CASCADE,
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES content,
  size INTEGER NOT NULL,
  type TEXT,
  PRIMARY KEY (list_id, path)
) WITHOUT ROWID;
CREATE INDEX file_by_content ON file (sha256);
CREATE INDEX file_by_hash ON file (hash);

CREATE TABLE version_files (
  version_id TEXT PRIMARY KEY REFERENCES version ON DELETE CASCADE,
  list_id INTEGER NOT NULL REFERENCES file_list,
  serving TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX version_files_by_list ON version_files (list_id);

-- Files that came before the version that will have them. The owner is a service's name, also before the service is there.
CREATE TABLE uploaded_file (
  owner TEXT NOT NULL,
  hash TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES content,
  size INTEGER NOT NULL,
  type TEXT,
  uploaded_at INTEGER NOT NULL,
  PRIMARY KEY (owner, hash)
) WITHOUT ROWID;
CREATE INDEX uploaded_file_by_content ON uploaded_file (sha256);

CREATE TABLE upload_session (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  manifest TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
