#!/usr/bin/env bash
# Makes the function and the API in a running gateway; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
lambda() { aws --endpoint-url "$endpoint" --output text lambda "$@"; }
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

zip=$(mktemp -d)/function.zip
(cd functions/greeter-python && python3 -m zipfile -c "$zip" greeter.py)
lambda delete-function --function-name greeter-python > /dev/null 2>&1 || true
lambda create-function --function-name greeter-python --cli-input-json file://functions/greeter-python/function.json \
  --role arn:aws:iam::000000000000:role/greeter --zip-file "fileb://$zip" > /dev/null
lambda wait function-active-v2 --function-name greeter-python
lambda add-permission --function-name greeter-python --statement-id api --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com > /dev/null

api=$(apigateway import-rest-api --body fileb://openapi.yaml --query id)
apigateway create-deployment --rest-api-id "$api" --stage-name prod > /dev/null
echo "${endpoint%/}/_aws/execute-api/$api/prod"
