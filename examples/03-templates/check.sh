#!/usr/bin/env bash
# Places orders as a client would: check.sh URL
set -euo pipefail
url=${1:?usage: check.sh URL, as run or up.sh printed it}

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

order='{"customer": {"name": "Ada \"A\" L."}, "items": [{"name": "lead", "quantity": 2}, {"name": "bowl", "quantity": 1}]}'
place() { expect "$1" "$2" -X POST -H 'Content-Type: application/json' -d "$3" "$url/orders"; }

place "an order is placed"             '^HTTP/1.1 201'                            "$order"
place "its sum was made on the way in" '"pieces": 3'                              "$order"
place "its lines came through"         '"contents": \["2 x lead", ?"1 x bowl"\]'  "$order"
place "a header carried the customer"  '"for": "Ada \\"A\\" L\."'                 "$order"
place "a backend's header was mapped"  '^Location: /orders/42$'                   "$order"
place "a refusal has its own status"   '^HTTP/1.1 400'                            '{"customer": {"name": "Ada"}, "items": []}'
place "and the backend's reason"       '"because": "an order needs an item"'      '{"customer": {"name": "Ada"}, "items": []}'
