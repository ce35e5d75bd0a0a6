#!/usr/bin/env bash
# Imports the definition into a running gateway and deploys it to a stage with a cache; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id)
self=${endpoint#http://}/_aws/execute-api/$api/prod
apigateway create-deployment --rest-api-id "$api" --stage-name prod --variables "self=$self" \
  --cache-cluster-enabled --cache-cluster-size 0.5 > /dev/null
apigateway update-stage --rest-api-id "$api" --stage-name prod --patch-operations \
  op=replace,path=/time/GET/caching/enabled,value=true \
  op=replace,path=/time/GET/caching/ttlInSeconds,value=300 \
  op=replace,path=/time/GET/caching/requireAuthorizationForCacheControl,value=false > /dev/null
echo "http://$self"
