#!/bin/sh
# Creates the connectors of a folder's JSON files at $CONNECT; one that is there already stays as it is.
set -eu
answer=$(mktemp)
for file in "$1"/*.json; do
    tries=60
    while :; do
        status=$(curl -s -o "$answer" -w '%{http_code}' -X POST -H 'Content-Type: application/json' \
            --data "@$file" "$CONNECT/connectors" || true)
        if [ "$status" = 201 ] || { [ "$status" = 409 ] && grep -q 'already exists' "$answer"; }; then
            echo "$(basename "$file" .json): $status"
            break
        fi
        # While Connect rebalances it says 409, too.
        tries=$((tries - 1))
        if [ "$tries" = 0 ] || [ "$status" = 400 ]; then
            echo "$(basename "$file" .json): $status $(cat "$answer")" >&2
            exit 1
        fi
        sleep 1
    done
done
