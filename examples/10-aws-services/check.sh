#!/usr/bin/env bash
# Calls the API and compares: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL}
id=$(date +%s)-$$

# expect WHAT STATUS ANSWER CURL-ARGUMENT…: the API answers so; an answer is an extended regular expression.
expect() {
  local what=$1 status=$2 wanted=$3 answer
  shift 3
  answer=$(curl -sS --max-time 20 -w '\n%{http_code}' "$@")
  if [ "${answer##*$'\n'}" = "$status" ] && grep -qE "^$wanted\$" <<< "${answer%$'\n'*}"; then
    echo "ok    $what"
  else
    printf 'wrong %s: %s is not %s and %s\n' "$what" "$answer" "$wanted" "$status" >&2
    exit 1
  fi
}
json='Content-Type: application/json'

expect "DynamoDB: PutItem"            201 "\\{\"id\": \"$id\"}" -X PUT -H "$json" -d '{"item": "green \"tea\"", "count": 2}' "$url/orders/ann/$id"
expect "DynamoDB: its condition"      409 '.*was not kept.*' -X PUT -H "$json" -d '{"item": "tea", "count": 1}' "$url/orders/ann/$id"
expect "DynamoDB: GetItem"            200 "\\{\"id\": \"$id\", \"item\": \"green \\\\\"tea\\\\\"\", \"count\": 2}" "$url/orders/ann/$id"
expect "DynamoDB: no such item"       404 '.*No such order.*' "$url/orders/ann/none"
expect "DynamoDB: an apostrophe"      201 '.*' -X PUT -H "$json" -d '{"item": "it'"'"'s tea", "count": 3}' "$url/orders/o'brien/$id"
expect "DynamoDB: is kept as it is"   200 ".*\"item\": \"it's tea\".*" "$url/orders/o'brien/$id"
expect "DynamoDB: no member comes in" 502 '.*' -X PUT -H "$json" -d '{"item": "tea", "count": "1\"},\"customer\":{\"S\":\"bob"}' "$url/orders/ann/$id-2"
expect "DynamoDB: Query"              200 "\\[.*\"id\": \"$id\".*]" "$url/orders/ann"
expect "S3: PutObject"                200 '' -X PUT -H 'Content-Type: text/plain' -d 'hello, café' "$url/files/$id%20a%2Bb.txt"
expect "S3: GetObject"                200 'hello, café' "$url/files/$id%20a%2Bb.txt"
expect "S3: ListObjectsV2"            200 ".*<Key>$id a\\+b.txt</Key>.*" "$url/files"
expect "S3: DeleteObject"             204 '' -X DELETE "$url/files/$id%20a%2Bb.txt"
expect "S3: no such object"           404 '.*<Code>NoSuchKey</Code>.*' "$url/files/$id%20a%2Bb.txt"
expect "SQS: SendMessage"             200 '\{"id": "[0-9a-f-]{36}"}' -H "$json" -d "{\"sold\": \"$id & more\"}" "$url/messages"
expect "SQS: ReceiveMessage"          200 '\[\{"id": "[0-9a-f-]{36}", "body": ".*"}]' "$url/messages"
