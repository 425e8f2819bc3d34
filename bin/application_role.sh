#!/bin/sh
# PostgreSQL runs this once, when its volume is new: creates the role of web, worker and beat. `prepare` grants its
# permissions after every migration (manage.py grant_application); it may only append to the journal.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/application_password)" --username "$POSTGRES_USER" "$POSTGRES_DB" <<'SQL'
CREATE ROLE zsbank_application LOGIN PASSWORD :'password';
SQL

# Accept password sign-in by TLS only, from the next start on, which follows immediately.
sed -i 's/^host\( *all *all *all \)/hostssl\1/' "$PGDATA/pg_hba.conf"
