#!/bin/sh
# PostgreSQL runs this once, when its volume is new: the role that web, worker and beat sign in with. What it may do,
# `prepare` grants after every migration (manage.py grant_application): to the record it may only append.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/application_password)" --username "$POSTGRES_USER" "$POSTGRES_DB" <<'SQL'
CREATE ROLE zsbank_application LOGIN PASSWORD :'password';
SQL

# Passwords are asked for by TLS only, from the next start on, which follows at once.
sed -i 's/^host\( *all *all *all \)/hostssl\1/' "$PGDATA/pg_hba.conf"
