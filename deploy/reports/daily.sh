#!/bin/sh
# Yesterday's sales as a file: asks for the report of that day, waits until it is completed and fetches it. The day is the key, so
# called again it is the same report, whatever was cut short before; a file that is there already is left alone. Needs curl 7.82
# or newer, sha256sum and the date of GNU or busybox. Ends with 1 when the report failed or was not completed in time.
#
#   API       where the shop serves, with /v1
#   KEY_FILE  a file with the line "Authorization: Bearer prk_…", of a key with the scope reports
#   FOLDER    where the files go: sales-2026-11-23.jsonl
#   TZ        whose days: Europe/Moscow, or MSK-3 where there is no list of zones (default: the machine's)
#   WAIT_S    how long to wait for the report (7200)
set -eu
: "${API:?}" "${KEY_FILE:?}" "${FOLDER:?}"
wait_s=${WAIT_S:-7200}

# Half a day before midnight it is yesterday, also where yesterday had 23 hours.
now=$(date +%s)
to=$(date -d "$(date -d "@$now" +%Y-%m-%d) 00:00" +%s)
day=$(date -d "@$((to - 43200))" +%Y-%m-%d)
from=$(date -d "$day 00:00" +%s)
utc() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }

file=$FOLDER/sales-$day.jsonl
if [ -e "$file" ]; then
	echo "$file is there already" >&2
	exit 0
fi
ask() { curl -fsS --retry 8 --retry-connrefused --max-time 30 -H "@$KEY_FILE" -H 'Accept-Language: en' "$@"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# In a step of its own: of a pipe only the last command's end counts.
asked=$(ask -H "Idempotency-Key: sales $day" --json "{\"from\": \"$(utc "$from")\", \"to\": \"$(utc "$to")\"}" "$API/reports")
id=$(echo "$asked" | field report_id)
while :; do
	report=$(ask "$API/reports/$id")
	case $(echo "$report" | field status) in
	completed) break ;;
	pending | running) ;;
	*)
		echo "The report can't be had: $report" >&2
		exit 1
		;;
	esac
	if [ $(($(date +%s) - now)) -gt "$wait_s" ]; then
		echo "Not completed within $wait_s s, and still made: $report" >&2
		exit 1
	fi
	sleep 2
done

# A name is there when its file is whole.
ask --max-time 3600 -o "$file.part" "$API/reports/$id/file"
echo "$(echo "$report" | field sha256)  $file.part" | sha256sum -c - >&2
mv "$file.part" "$file"
echo "$file"
