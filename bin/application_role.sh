#!/bin/sh
# PostgreSQL runs this once, when its volume is new: creates the role of web, worker and beat. `prepare` grants its
# permissions after every migration (manage.py grant_application); it may only append to the
# journal, and change what is not decided or signed (zsbank/base/journal/grants.py).
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/application_password)" --username "$POSTGRES_USER" "$POSTGRES_DB" <<'SQL'
CREATE ROLE zsbank_application LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO zsbank_application;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL

# Accept password sign-in by TLS only, from the next start on, which follows immediately.
sed -i 's/^host\( *all *all *all \)/hostssl\1/' "$PGDATA/pg_hba.conf"
