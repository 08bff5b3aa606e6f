#!/bin/sh
# A backup of Tillgate's records in PostgreSQL, taken while nodes run: backup-postgres.sh <postgres://…> <new folder>
# One snapshot, as of the moment it began. The sealing key is not in it; keep it apart.
set -eu
umask 077
url=$1
folder=$2
mkdir "$folder"
trap 'rm -f "$folder/records.dump.draft"' EXIT
pg_dump --format=custom --no-owner --no-privileges --file="$folder/records.dump.draft" --dbname="$url"
# A dump that can't be listed can't be restored either.
pg_restore --list "$folder/records.dump.draft" | grep -q 'TABLE DATA [^ ]* event'
mv "$folder/records.dump.draft" "$folder/records.dump"
(cd "$folder" && sha256sum records.dump > records.dump.sha256)
sync "$folder/records.dump" "$folder/records.dump.sha256" "$folder"
echo "backed up to $folder/records.dump"
