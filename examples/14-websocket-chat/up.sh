#!/usr/bin/env bash
# Makes the function, its role and the WebSocket API in a running gateway; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
endpoint=${endpoint%/}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
iam() { aws --endpoint-url "$endpoint" --output text iam "$@"; }
lambda() { aws --endpoint-url "$endpoint" --output text lambda "$@"; }
apigateway() { aws --endpoint-url "$endpoint" --output text apigatewayv2 "$@"; }

api=$(apigateway create-api --name chat --protocol-type WEBSOCKET --query ApiId \
  --route-selection-expression '$request.body.action')
url=$endpoint/_aws/execute-api/$api/prod

iam delete-role-policy --role-name chat --policy-name connections > /dev/null 2>&1 || true
iam delete-role --role-name chat > /dev/null 2>&1 || true
role=$(iam create-role --role-name chat --query Role.Arn --assume-role-policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}')
iam put-role-policy --role-name chat --policy-name connections --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "execute-api:ManageConnections",
    "Resource": ["arn:aws:execute-api:us-east-1:000000000000:'"$api"'/prod/*/@connections/*",
                 "arn:aws:execute-api:us-east-1:000000000000:'"$api"'/prod/*/@groups/*"]}]}' > /dev/null

# The bucket _portico is this machine: the function runs from its folder as it is.
lambda delete-function --function-name chat > /dev/null 2>&1 || true
lambda create-function --function-name chat --cli-input-json file://functions/chat/function.json --role "$role" \
  --environment "{\"Variables\": {\"ENDPOINT\": \"$url\"}}" --code "S3Bucket=_portico,S3Key=$PWD/functions/chat" > /dev/null
lambda wait function-active-v2 --function-name chat
lambda add-permission --function-name chat --statement-id chat --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com \
  --source-arn "arn:aws:execute-api:us-east-1:000000000000:$api/*" > /dev/null

function=arn:aws:lambda:us-east-1:000000000000:function:chat
integration=$(apigateway create-integration --api-id "$api" --integration-type AWS_PROXY --query IntegrationId \
  --integration-uri "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/$function/invocations")
for key in '$connect' '$disconnect' join say leave; do
  apigateway create-route --api-id "$api" --route-key "$key" --target "integrations/$integration" > /dev/null
done
whoami=$(apigateway create-route --api-id "$api" --route-key whoami --target "integrations/$integration" \
  --route-response-selection-expression '$default' --query RouteId)
apigateway create-route-response --api-id "$api" --route-id "$whoami" --route-response-key '$default' > /dev/null
apigateway create-stage --api-id "$api" --stage-name prod --auto-deploy > /dev/null
echo "$url"
