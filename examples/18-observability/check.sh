#!/usr/bin/env bash
# Calls the API and looks in all places for what is told of it: check.sh ENDPOINT API, with COLLECTOR as up.sh sets it
set -euo pipefail
endpoint=${1:?usage: up.sh check.sh}
api=$2
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=

call() { curl -sS --max-time 20 -o /dev/null -D - "$endpoint/_aws/execute-api/$api/prod$1" | tr -d '\r'; }
at() { aws --endpoint-url "$endpoint" --output text "$@"; }

# told WHAT WORD COMMAND…: the command says the word, soon: metrics are handed on once a minute.
told() {
  local what=$1 word=$2 answer deadline=$((SECONDS + 120))
  shift 2
  until answer=$("$@" 2>&1) && grep -qF -- "$word" <<< "$answer"; do
    if [ "$SECONDS" -gt "$deadline" ]; then
      printf 'wrong %s: no %s in %s\n' "$what" "$word" "$answer" >&2
      exit 1
    fi
    sleep 0.2
  done
  echo "ok    $what"
}

call /orders > /dev/null
call /orders > /dev/null
id=$(call /broken | sed -nE 's/^x-amzn-requestid: (.*)$/\1/Ip')
nothing=$(call /order | sed -nE 's/^x-amzn-requestid: (.*)$/\1/Ip')

told "its execution log" "($id) Method completed with status: 500" \
  at logs filter-log-events --log-group-name "API-Gateway-Execution-Logs_$api/prod" --filter-pattern "\"$id\""
told "its access log" "$id GET /prod/broken 500" at logs filter-log-events --log-group-name access
now=$(date +%s)
hour=(--start-time $((now - 3600)) --end-time $((now + 60)) --period 7200)
told "calls in CloudWatch" "DATAPOINTS	2.0" at cloudwatch get-metric-statistics --namespace AWS/ApiGateway --metric-name Count \
  --dimensions Name=ApiName,Value=observed Name=Stage,Value=prod Name=Method,Value=GET Name=Resource,Value=/orders \
  "${hour[@]}" --statistics Sum
told "calls in Prometheus' page" "aws_apigateway_Count_total{ApiId=\"$api\"" curl -sS "$endpoint/_portico/metrics"
told "why there is no GET /order" "nearest is \`GET /orders\`" curl -sS "$endpoint/_portico/explain/$nothing"
at cloudwatch set-alarm-state --alarm-name broken --state-value ALARM --state-reason "to see who is told"
told "an alarm" '"broken ALARM"' curl -sS "$COLLECTOR/seen"
told "segments for X-Ray" '"observed/prod"' curl -sS "$COLLECTOR/seen"
told "metrics by OTLP" '"amazonaws.com/AWS/ApiGateway/5XXError"' curl -sS "$COLLECTOR/seen"
