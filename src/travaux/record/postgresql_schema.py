"""The tables of the PostgreSQL store, in the schema that is the first of the search path."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
TABLES: Final = """
CREATE TABLE form (version integer NOT NULL);
CREATE TABLE entry (
    idx bigint PRIMARY KEY CHECK (idx >= 0), id bytea NOT NULL UNIQUE, by text COLLATE "C" NOT NULL,
    n bigint NOT NULL, leaf bytea NOT NULL, entry bytea NOT NULL, UNIQUE (by, n)
);
CREATE FUNCTION entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'entries never change and are never deleted'; END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_stays();
CREATE TRIGGER entry_kept BEFORE TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION entry_stays();
CREATE TABLE checkpoint (size bigint PRIMARY KEY CHECK (size >= 1), note bytea NOT NULL);
CREATE TABLE cosig (
    size bigint NOT NULL, name text COLLATE "C" NOT NULL, keyid bytea NOT NULL, time bigint NOT NULL,
    line text NOT NULL, PRIMARY KEY (size, name, keyid)
);
CREATE TABLE head (one integer PRIMARY KEY CHECK (one = 1), size bigint NOT NULL, range bytea NOT NULL);
CREATE TABLE blob (sha256 bytea PRIMARY KEY, bytes bytea);
CREATE TABLE opening (
    act bytea NOT NULL, part bigint NOT NULL, salt bytea NOT NULL, content bytea NOT NULL,
    PRIMARY KEY (act, part)
);
CREATE TABLE meta (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);
INSERT INTO head VALUES (1, 0, '');
INSERT INTO form VALUES (1);
"""
DROP: Final = """
DROP TABLE IF EXISTS form, entry, checkpoint, cosig, head, blob, opening, meta;
DROP FUNCTION IF EXISTS entry_stays();
"""
STATE: Final = """
SELECT pg_is_in_recovery(), current_setting('fsync'), current_setting('full_page_writes'),
    pg_encoding_to_char(encoding), to_regnamespace(%s) IS NOT NULL, to_regclass('form') IS NOT NULL,
    EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = %s)
FROM pg_database WHERE datname = current_database()
"""
RIGHTS: Final = """
SELECT has_table_privilege('entry', 'INSERT') AND has_table_privilege('head', 'UPDATE')
"""
