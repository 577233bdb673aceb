-- Two roles for a gallery of Face Match on PostgreSQL: one that reads it, and one that edits it.
--
--   psql -v schema=family -f roles.sql postgresql://owner@host/database
--
-- Run it as the owner of the gallery's schema, who also needs CREATEROLE, after the gallery was made; it can be run
-- again. Then give people one of the roles:
--
--   CREATE ROLE ada LOGIN PASSWORD '…';      GRANT family_editor TO ada;
--   CREATE ROLE grace LOGIN PASSWORD '…';    GRANT family_reader TO grace;
--
-- Editors change rows and nothing else: tables, indexes and functions remain the owner's, so that no editor can make
-- another user run code. What is chosen for the gallery, such as the folder of its crops, remains the owner's too.

\set ON_ERROR_STOP on
\if :{?schema}
\else
  \set schema face_match
\endif
\set reader :schema _reader
\set editor :schema _editor

SELECT format('CREATE ROLE %I NOLOGIN', name)
FROM unnest(ARRAY[:'reader', :'editor']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

BEGIN;
REVOKE ALL ON SCHEMA :"schema" FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC;
GRANT USAGE ON SCHEMA :"schema" TO :"reader", :"editor";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"reader", :"editor";
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA :"schema" TO :"editor";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA :"schema" TO :"editor";
SELECT format('REVOKE INSERT, UPDATE, DELETE ON %I.about FROM %I', :'schema', :'editor')
WHERE to_regclass(format('%I.about', :'schema')) IS NOT NULL \gexec
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"reader", :"editor";
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT INSERT, UPDATE, DELETE ON TABLES TO :"editor";
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT USAGE, SELECT ON SEQUENCES TO :"editor";
COMMIT;
