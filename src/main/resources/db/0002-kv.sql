-- Namespaces get numbers, never used twice: what is left of a deleted one is swept later.
CREATE TABLE kv_namespace_numbered (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
);
INSERT INTO kv_namespace_numbered (id, title, created_at) SELECT id, title, created_at FROM kv_namespace;
DROP TABLE kv_namespace;
ALTER TABLE kv_namespace_numbered RENAME TO kv_namespace;

-- A key in UTF-8, so that the order of the b-tree is that of a listing. A small value stands in its row, behind what a listing reads; a larger
-- one is the content. Seconds since 1970 in expires. Exactly one of value and content is there.
CREATE TABLE kv_entry (
  namespace INTEGER NOT NULL,
  key BLOB NOT NULL,
  expires INTEGER,
  metadata TEXT,
  content INTEGER,
  size INTEGER NOT NULL,
  value BLOB,
  PRIMARY KEY (namespace, key)
) WITHOUT ROWID;
CREATE INDEX kv_entry_expiring ON kv_entry (expires) WHERE expires IS NOT NULL;

-- A value that does not fit into its entry; several have it when a namespace was cloned. The triggers count them. One that nobody has is
-- being written, or about to be swept.
CREATE TABLE kv_content (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  refs INTEGER NOT NULL
);
CREATE INDEX kv_content_unused ON kv_content (id) WHERE refs = 0;

-- Chunk n of content c is row c * 128 + n.
CREATE TABLE kv_chunk (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
);

CREATE TRIGGER kv_content_gained AFTER INSERT ON kv_entry WHEN NEW.content IS NOT NULL BEGIN
  UPDATE kv_content SET refs = refs + 1 WHERE id = NEW.content;
END;
CREATE TRIGGER kv_content_lost AFTER DELETE ON kv_entry WHEN OLD.content IS NOT NULL BEGIN
  UPDATE kv_content SET refs = refs - 1 WHERE id = OLD.content;
END;
CREATE TRIGGER kv_content_changed AFTER UPDATE OF content ON kv_entry WHEN OLD.content IS NOT NEW.content BEGIN
  UPDATE kv_content SET refs = refs - 1 WHERE id = OLD.content;
  UPDATE kv_content SET refs = refs + 1 WHERE id = NEW.content;
END;
