#!/usr/bin/env bash
# Makes the issuer, the function and the HTTP API in a running gateway; prints the stage's URL.
set -euo pipefail
CDPATH='' cd "$(dirname "$0")"
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
endpoint=${endpoint%/}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
lambda() { aws --endpoint-url "$endpoint" --output text lambda "$@"; }
apigateway() { aws --endpoint-url "$endpoint" --output text apigatewayv2 "$@"; }

# function_of NAME ARGUMENT…: the bucket _portico is this machine, the function runs from its folder as it is.
function_of() {
  local name=$1
  shift
  lambda delete-function --function-name "$name" > /dev/null 2>&1 || true
  lambda create-function --function-name "$name" --cli-input-json "file://functions/$name/function.json" \
    --role arn:aws:iam::000000000000:role/shop --code "S3Bucket=_portico,S3Key=$PWD/functions/$name" "$@" > /dev/null
  lambda wait function-active-v2 --function-name "$name"
}

key=$(node -e '
  const { privateKey } = require("node:crypto").generateKeyPairSync("rsa", { modulusLength: 2048 });
  console.log(JSON.stringify(JSON.stringify(privateKey.export({ format: "jwk" }))));')
function_of issuer --environment "{\"Variables\": {\"KEY\": $key}}"
lambda add-permission --function-name issuer --statement-id all --action lambda:InvokeFunctionUrl \
  --principal '*' --function-url-auth-type NONE > /dev/null
lambda add-permission --function-name issuer --statement-id by-url --action lambda:InvokeFunction \
  --principal '*' --invoked-via-function-url > /dev/null
url=$(lambda create-function-url-config --function-name issuer --auth-type NONE --query FunctionUrl)
id=${url#*://}
# The path form of the URL, for those that do not find names below localhost.
issuer=$endpoint/_aws/lambda-url/${id%%.*}
lambda update-function-configuration --function-name issuer \
  --environment "{\"Variables\": {\"KEY\": $key, \"ISSUER\": \"$issuer\"}}" > /dev/null
lambda wait function-updated-v2 --function-name issuer

function_of orders
api=$(apigateway create-api --name shop --protocol-type HTTP --query ApiId \
  --cors-configuration AllowOrigins=https://shop.example,AllowMethods=GET,POST,AllowHeaders=authorization,MaxAge=600)
lambda add-permission --function-name orders --statement-id shop --action lambda:InvokeFunction \
  --principal apigateway.amazonaws.com \
  --source-arn "arn:aws:execute-api:us-east-1:000000000000:$api/*" > /dev/null

orders=$(apigateway create-integration --api-id "$api" --integration-type AWS_PROXY --payload-format-version 2.0 \
  --integration-uri arn:aws:lambda:us-east-1:000000000000:function:orders --query IntegrationId)
login=$(apigateway create-integration --api-id "$api" --integration-type HTTP_PROXY --integration-method GET \
  --payload-format-version 1.0 --integration-uri "$issuer/token" --query IntegrationId)
known=$(apigateway create-authorizer --api-id "$api" --name issuer --authorizer-type JWT \
  --identity-source '$request.header.Authorization' --jwt-configuration "Issuer=$issuer,Audience=shop" --query AuthorizerId)

apigateway create-route --api-id "$api" --route-key 'GET /hello' --target "integrations/$orders" > /dev/null
apigateway create-route --api-id "$api" --route-key 'GET /login' --target "integrations/$login" > /dev/null
apigateway create-route --api-id "$api" --route-key 'GET /me' --target "integrations/$orders" \
  --authorization-type JWT --authorizer-id "$known" > /dev/null
apigateway create-route --api-id "$api" --route-key 'POST /orders' --target "integrations/$orders" \
  --authorization-type JWT --authorizer-id "$known" --authorization-scopes orders:write > /dev/null
apigateway create-stage --api-id "$api" --stage-name prod --auto-deploy > /dev/null
echo "$endpoint/_aws/execute-api/$api/prod"
