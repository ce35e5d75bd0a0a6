#!/usr/bin/env bash
# Starts a collector and a gateway that tells it all, and makes an API: up.sh [COMMAND...], which gets the endpoint and the API's id behind it.
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

: > "$work/collector"
node "$here/collector.mjs" > "$work/collector" 2>&1 &
started+=($!)
addresses=$(first_line '(http://.*)' "$work/collector" $!)
read -r COLLECTOR daemon <<< "$addresses"
export COLLECTOR

topic=arn:aws:sns:us-east-1:000000000000:pages
: > "$work/gateway"
PORTICO_METRICS_OTLP_ENDPOINT=$COLLECTOR/v1/metrics \
  PORTICO_TRACING_XRAY_DAEMON=$daemon \
  PORTICO_ALARMS_WEBHOOKS=$topic=$COLLECTOR/alarms \
  "$portico" serve --ephemeral --port 0 > "$work/gateway" 2>&1 &
started+=($!)
endpoint=$(first_line 'Portico ready on (http://[^ ]*) in .*' "$work/gateway" $!)

at() { aws --endpoint-url "$endpoint" --output text "$@"; }
at apigateway update-account \
  --patch-operations op=replace,path=/cloudwatchRoleArn,value=arn:aws:iam::000000000000:role/logs > /dev/null
api=$(at apigateway import-rest-api --fail-on-warnings --body "fileb://$here/openapi.yaml" --query id)
at apigateway create-deployment --rest-api-id "$api" --stage-name prod --tracing-enabled > /dev/null
at apigateway update-stage --rest-api-id "$api" --stage-name prod --patch-operations \
  'op=replace,path=/*/*/logging/loglevel,value=INFO' \
  'op=replace,path=/*/*/metrics/enabled,value=true' \
  "op=replace,path=/accessLogSettings/destinationArn,value=arn:aws:logs:us-east-1:000000000000:log-group:access" \
  'op=replace,path=/accessLogSettings/format,value=$context.requestId $context.httpMethod $context.path $context.status' > /dev/null
at cloudwatch put-metric-alarm --alarm-name broken --namespace AWS/ApiGateway --metric-name 5XXError \
  --dimensions Name=ApiName,Value=observed Name=Stage,Value=prod --statistic Sum --period 60 --evaluation-periods 1 \
  --threshold 0 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching --alarm-actions "$topic"

if [ $# -gt 0 ]; then
  "$@" "$endpoint" "$api"
else
  echo "$endpoint/_aws/execute-api/$api/prod/orders and /broken; $COLLECTOR/seen lists what the collector was told. Press Ctrl-C to end all of it."
  wait "${started[1]}"
fi
