#!/usr/bin/env bash
# Starts services and a gateway that knows them, and makes the HTTP API: up.sh [COMMAND...], which gets the stage's URL behind it.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
portico=${PORTICO:-$here/../../portico}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=

work=$(mktemp -d)
started=()
ended() {
  trap - EXIT
  kill "${started[@]}" 2> /dev/null || true
  wait "${started[@]}" 2> /dev/null || true
  rm -rf "$work"
}
trap ended EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# first_line PATTERN FILE PID: what the pattern takes of the first line that it takes, once the process has written it.
first_line() {
  local deadline=$((SECONDS + 600))
  until sed -nE "s|^$1\$|\\1|p" "$2" | grep -m 1 .; do
    if ! kill -0 "$3" 2> /dev/null || [ "$SECONDS" -gt "$deadline" ]; then
      cat "$2" >&2
      return 1
    fi
    sleep 0.05
  done
}

# service NAME: starts one; it finds a free port itself. Sets URL.
service() {
  : > "$work/$1"
  node "$here/services/service.mjs" "$1" > "$work/$1" 2>&1 &
  started+=($!)
  URL=$(first_line '(http://.*)' "$work/$1" $!)
}

service orders-1
orders_1=$URL
export ORDERS_1_PID=${started[0]}
service orders-2
orders_2=$URL
service quotes
quotes=$URL

: > "$work/gateway"
PORTICO_VPC_LINKS_TARGETS="arn:aws:elasticloadbalancing:*:*:listener/app/orders/*=$orders_1|$orders_2" \
  "$portico" serve --ephemeral --port 0 > "$work/gateway" 2>&1 &
started+=($!)
endpoint=$(first_line 'Portico ready on (http://[^ ]*) in .*' "$work/gateway" $!)

apigateway() { aws --endpoint-url "$endpoint" --output text apigatewayv2 "$@"; }
link=$(apigateway create-vpc-link --name shop --subnet-ids subnet-a --query VpcLinkId)
sed -e "s|VPC_LINK_ID|$link|" -e "s|QUOTES_URL|$quotes|" "$here/openapi.yaml" > "$work/openapi.yaml"
api=$(apigateway import-api --body "file://$work/openapi.yaml" --query ApiId)
apigateway create-stage --api-id "$api" --stage-name prod --auto-deploy > /dev/null
url=$endpoint/_aws/execute-api/$api/prod

if [ $# -gt 0 ]; then
  "$@" "$url"
else
  echo "$url/orders/1 goes to $orders_1 and $orders_2, $url/quotes to $quotes. Press Ctrl-C to end all of it."
  wait "${started[3]}"
fi
