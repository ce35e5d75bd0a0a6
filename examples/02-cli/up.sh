#!/usr/bin/env bash
# Builds the petstore call by call with the AWS CLI in a running gateway; prints the stage's URL.
set -euo pipefail
endpoint=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=
apigateway() { aws --endpoint-url "$endpoint" --output text apigateway "$@"; }

api=$(apigateway create-rest-api --name Petstore --description "Built call by call" --query id)

# Resources: the root is there, each other one hangs below its parent.
resource() { apigateway create-resource --rest-api-id "$api" --parent-id "$1" --path-part "$2" --query id; }
root=$(apigateway get-resources --rest-api-id "$api" --query 'items[?path==`/`].id')
pets=$(resource "$root" pets)
pet=$(resource "$pets" '{petId}')
pet_stock=$(resource "$pet" stock)
stock=$(resource "$root" stock)
stock_pet=$(resource "$stock" '{petId}')

# Methods: method NAME RESOURCE [REQUEST-PARAMETERS]
method() {
  apigateway put-method --rest-api-id "$api" --resource-id "$2" --http-method "$1" \
    --authorization-type NONE --request-parameters "${3:-{\}}" > /dev/null
}
method GET "$pets" '{"method.request.querystring.type": false}'
method POST "$pets"
method GET "$pet" '{"method.request.path.petId": true}'
method GET "$pet_stock" '{"method.request.path.petId": true}'
method GET "$stock_pet" '{"method.request.path.petId": true}'

# Integrations: mock NAME RESOURCE REQUEST-TEMPLATE
mock() {
  apigateway put-integration --rest-api-id "$api" --resource-id "$2" --http-method "$1" --type MOCK \
    --request-templates "$(json application/json "$3")" > /dev/null
}
# json NAME VALUE: an object of one text member
json() { printf '{"%s": "%s"}' "$1" "$(sed 's/\\/\\\\/g; s/"/\\"/g' <<< "$2" | sed ':all; N; $!b all; s/\n/\\n/g')"; }

mock GET "$pets" '{"statusCode": 200}'
mock POST "$pets" '{"statusCode": 201}'
mock GET "$pet" '#if($input.params("petId") == "404"){"statusCode": 404}#else{"statusCode": 200}#end'
mock GET "$stock_pet" '{"statusCode": 200}'
apigateway put-integration --rest-api-id "$api" --resource-id "$pet_stock" --http-method GET --type HTTP_PROXY \
  --integration-http-method GET --uri 'http://${stageVariables.self}/stock/{petId}' \
  --request-parameters '{"integration.request.path.petId": "method.request.path.petId"}' > /dev/null

# Responses: answer NAME RESOURCE STATUS TEMPLATE [SELECTION-PATTERN [HEADER VALUE]]
answer() {
  local declared='{}' mapped='{}'
  if [ $# -gt 5 ]; then
    declared="{\"method.response.header.$6\": false}"
    mapped="{\"method.response.header.$6\": \"'$7'\"}"
  fi
  apigateway put-method-response --rest-api-id "$api" --resource-id "$2" --http-method "$1" --status-code "$3" \
    --response-parameters "$declared" > /dev/null
  apigateway put-integration-response --rest-api-id "$api" --resource-id "$2" --http-method "$1" --status-code "$3" \
    --selection-pattern "${5:-}" --response-parameters "$mapped" \
    --response-templates "$(json application/json "$4")" > /dev/null
}
answer GET "$pets" 200 '#set($type = $input.params("type"))
#if($type == "")#set($type = "dog")#end
[{"id": 1, "type": "$util.escapeJavaScript($type)"}, {"id": 2, "type": "$util.escapeJavaScript($type)"}]'
answer POST "$pets" 201 '{"id": 3}' '' Location /pets/3
answer GET "$pet" 200 '{"id": "$util.escapeJavaScript($input.params("petId"))", "type": "dog"}'
answer GET "$pet" 404 '{"message": "There is no such pet"}' 404
answer GET "$stock_pet" 200 '{"petId": "$util.escapeJavaScript($input.params("petId"))", "inStock": 7}' '' X-Warehouse north

# A deployment freezes all that; a stage serves it.
self=${endpoint#http://}/_aws/execute-api/$api/prod
deployment=$(apigateway create-deployment --rest-api-id "$api" --query id)
apigateway create-stage --rest-api-id "$api" --stage-name prod --deployment-id "$deployment" \
  --variables "self=$self" > /dev/null
echo "http://$self"
