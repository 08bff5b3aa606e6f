#!/bin/sh
# Puts a backup of Tillgate's records into an empty database: restore-postgres.sh <folder> <postgres://…>
# All or nothing. No node may run on that database; read README.md before one is started.
set -eu
folder=$1
url=$2
(cd "$folder" && sha256sum --check --quiet records.dump.sha256)
tables=$(psql --no-psqlrc --tuples-only --no-align --dbname="$url" --command="
  select count(*) from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')")
if [ "$tables" != 0 ]; then
  echo "the database is not empty: restore into a new one" >&2
  exit 1
fi
pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$url" "$folder/records.dump"
# Without them the first questions walk whole tables.
psql --no-psqlrc --quiet --dbname="$url" --command='analyze'
echo "restored; look at the alarms SEQ_AHEAD before anything is ordered again"
