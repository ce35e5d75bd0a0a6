#!/usr/bin/env bash
# Calls the API, and stops one of its services: check.sh URL, with ORDERS_1_PID as up.sh sets it
set -euo pipefail
url=${1:?usage: up.sh check.sh}

# expect WHAT ANSWER CURL-ARGUMENT…: the API answers so.
expect() {
  local what=$1 wanted=$2 answer
  shift 2
  answer=$(curl -sS --fail --max-time 20 "$@")
  if [ "$answer" = "$wanted" ]; then
    echo "ok    $what"
  else
    printf 'wrong %s: %s is not %s\n' "$what" "$answer" "$wanted" >&2
    exit 1
  fi
}

of() { printf '{"service":"%s","asked":"%s","content":"%s"}' "$@"; }

expect "the first server"         "$(of orders-1 'GET /orders/1' '')"          "$url/orders/1"
expect "the second server"        "$(of orders-2 'GET /orders/1' '')"          "$url/orders/1"
expect "the first one again"      "$(of orders-1 'POST /orders/new?x=1' tea)"  -d tea "$url/orders/new?x=1"
expect "a public address"         "$(of quotes 'GET /today' '')"               "$url/quotes"

kill "$ORDERS_1_PID"
while kill -0 "$ORDERS_1_PID" 2> /dev/null; do sleep 0.05; done
for number in 1 2 3 4 5 6; do
  expect "request $number with one server" "$(of orders-2 'PUT /orders/2' tea)" -X PUT -d tea "$url/orders/2"
done
