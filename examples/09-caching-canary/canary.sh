#!/usr/bin/env bash
# Tries a new clock on half of the calls, then gives it to all: canary.sh URL
set -euo pipefail
url=${1:?usage: canary.sh URL, as up.sh printed it}
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=
path=${url#*/_aws/execute-api/}
api=${path%%/*} stage=${path##*/}
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

# expect WHAT FEWEST MOST: so many of 64 calls are answered by the new clock, which says so.
expect() {
  local new
  new=$(for _ in {1..64}; do curl -sS --fail --max-time 10 "$url/clock"; echo; done | grep -c '"clock": "new"' || true)
  if [ "$new" -ge "$2" ] && [ "$new" -le "$3" ]; then
    echo "ok    $1: $new of 64 by the new clock"
  else
    echo "wrong $1: $new of 64 by the new clock, not $2 to $3" >&2
    exit 1
  fi
}

clock=$(apigateway get-resources --rest-api-id "$api" --query "items[?path=='/clock'].id")
apigateway update-integration-response --rest-api-id "$api" --resource-id "$clock" --http-method GET --status-code 200 \
  --patch-operations '[{"op": "replace", "path": "/responseTemplates/application~1json",
    "value": "{\"clock\": \"$stageVariables.clock\", \"canary\": $context.isCanaryRequest}"}]' > /dev/null
expect "before" 0 0
apigateway create-deployment --rest-api-id "$api" --stage-name "$stage" \
  --canary-settings '{"percentTraffic": 50, "stageVariableOverrides": {"clock": "new"}}' > /dev/null
expect "with a canary" 1 63
apigateway update-stage --rest-api-id "$api" --stage-name "$stage" --patch-operations \
  op=replace,path=/canarySettings/percentTraffic,value=0 \
  op=copy,from=/canarySettings/deploymentId,path=/deploymentId \
  op=copy,from=/canarySettings/stageVariableOverrides,path=/variables > /dev/null
expect "promoted" 64 64
apigateway update-stage --rest-api-id "$api" --stage-name "$stage" --patch-operations op=remove,path=/canarySettings > /dev/null
expect "without the canary" 64 64
