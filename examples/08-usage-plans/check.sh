#!/usr/bin/env bash
# Calls the API with the keys and without: check.sh URL GOLD-KEY FREE-KEY TRIAL-KEY TRIAL-PLAN TRIAL-KEY-ID
set -euo pipefail
url=${1:?usage: check.sh with what up.sh printed}
gold=${2:?the key of the plan gold}
free=${3:?the key of the plan free}
trial=${4:?the key of the plan trial}
trial_plan=${5:?the id of the plan trial}
trial_id=${6:?the id of its key}
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=

# expect WHAT PATTERN CURL-ARGUMENT…: the answer, status line and headers included, holds the pattern.
expect() {
  local what=$1 pattern=$2 answer
  shift 2
  answer=$(curl -sS -i --max-time 10 "$@" | tr -d '\r')
  if grep -qE -- "$pattern" <<< "$answer"; then
    echo "ok    $what"
  else
    printf 'wrong %s: no %s in\n%s\n' "$what" "$pattern" "$answer" >&2
    exit 1
  fi
}

expect "no key where none is required" '"status": "well"'          "$url/status"
expect "no key where one is"           '^HTTP/1.1 403'             "$url/orders"
expect "its text"                      '\{"message":"Forbidden"\}' "$url/orders"
expect "a key that nobody has"         '^HTTP/1.1 403'             -H "x-api-key: ${gold}x" "$url/orders"
expect "a key of the plan gold"        '"ordersOf": "[a-z0-9]+"'   -H "x-api-key: $gold" "$url/orders"
expect "once with the free key"        '^HTTP/1.1 200'             -H "x-api-key: $free" "$url/orders"
expect "twice"                         '^HTTP/1.1 200'             -H "x-api-key: $free" "$url/orders"
expect "three times"                   '^HTTP/1.1 429'             -H "x-api-key: $free" "$url/orders"
expect "the other plan still"          '^HTTP/1.1 200'             -H "x-api-key: $gold" "$url/orders"

# usage: what the trial's key has used today and has left, such as "3 0".
usage() {
  local today
  today=$(date -u +%F)
  aws --endpoint-url "$endpoint" --output text apigateway get-usage --usage-plan-id "$trial_plan" --key-id "$trial_id" \
    --start-date "$today" --end-date "$today" --query "items.\"$trial_id\"[0]" | tr '\t' ' '
}

# same WHAT WANTED FOUND
same() {
  if [ "$2" == "$3" ]; then
    echo "ok    $1"
  else
    printf 'wrong %s: %s, not %s\n' "$1" "$3" "$2" >&2
    exit 1
  fi
}

for time in once twice three\ times; do
  expect "with the trial key $time" '^HTTP/1.1 200' -H "x-api-key: $trial" "$url/orders"
done
expect "the month's quota is used up" '^HTTP/1.1 429'                  -H "x-api-key: $trial" "$url/orders"
expect "its text"                     '\{"message":"Limit Exceeded"\}' -H "x-api-key: $trial" "$url/orders"
same   "what GetUsage shows"          "3 0" "$(usage)"
aws --endpoint-url "$endpoint" apigateway update-usage --usage-plan-id "$trial_plan" --key-id "$trial_id" \
  --patch-operations op=replace,path=/remaining,value=1 > /dev/null
same   "an extension by one"          "3 1" "$(usage)"
expect "with the trial key again"     '^HTTP/1.1 200'                  -H "x-api-key: $trial" "$url/orders"
expect "and no more"                  '^HTTP/1.1 429'                  -H "x-api-key: $trial" "$url/orders"
