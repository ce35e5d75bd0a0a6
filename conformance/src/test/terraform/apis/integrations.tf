# Integrations of every type.
resource "aws_api_gateway_resource" "backends" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "backends"
}

resource "aws_api_gateway_resource" "backend" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_resource.backends.id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_method" "backend" {
  for_each      = toset(["GET", "POST", "PUT", "PATCH", "DELETE"])
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_resource.backend.id
  http_method   = each.key
  authorization = "NONE"

  request_parameters = {
    "method.request.path.proxy"       = true
    "method.request.header.X-Tenant"  = false
    "method.request.querystring.page" = false
  }
}

resource "aws_api_gateway_integration" "http" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.backend.id
  http_method             = aws_api_gateway_method.backend["GET"].http_method
  type                    = "HTTP"
  integration_http_method = "GET"
  uri                     = var.changed ? "https://backend.example.org/{proxy}" : "https://backend.example.com/{proxy}"
  content_handling        = var.changed ? "CONVERT_TO_BINARY" : "CONVERT_TO_TEXT"
  passthrough_behavior    = "NEVER"
  timeout_milliseconds    = var.changed ? 2000 : 1000
  cache_key_parameters    = var.changed ? ["method.request.path.proxy", "method.request.header.X-Tenant"] : ["method.request.path.proxy", "method.request.querystring.page"]
  cache_namespace         = var.changed ? "second" : "first"

  request_parameters = var.changed ? {
    "integration.request.path.proxy"      = "method.request.path.proxy"
    "integration.request.header.X-Tenant" = "'none'"
    } : {
    "integration.request.path.proxy"       = "method.request.path.proxy"
    "integration.request.header.X-Tenant"  = "method.request.header.X-Tenant"
    "integration.request.querystring.page" = "method.request.querystring.page"
  }

  request_templates = var.changed ? {
    "application/json"      = "{\"changed\": $input.json('$')}"
    "application/vnd.a+xml" = "<a/>"
    } : {
    "application/json" = "$input.json('$')"
    "text/plain"       = ""
  }

  tls_config {
    insecure_skip_verification = !var.changed
  }
}

resource "aws_api_gateway_method_response" "http" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.backend.id
  http_method = aws_api_gateway_method.backend["GET"].http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "http" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.backend.id
  http_method = aws_api_gateway_method.backend["GET"].http_method
  status_code = aws_api_gateway_method_response.http.status_code
  depends_on  = [aws_api_gateway_integration.http]
}

# Is given at first what it lacks afterwards.
resource "aws_api_gateway_integration" "http_proxy" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.backend.id
  http_method             = aws_api_gateway_method.backend["POST"].http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "ANY"
  uri                     = "https://$${stageVariables.backend}/{proxy}"
  timeout_milliseconds    = var.changed ? null : 29000
  cache_key_parameters    = var.changed ? null : ["method.request.path.proxy"]
  request_parameters      = { "integration.request.path.proxy" = "method.request.path.proxy" }
}

resource "aws_api_gateway_integration" "vpc_link" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.backend.id
  http_method             = aws_api_gateway_method.backend["DELETE"].http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "DELETE"
  uri                     = "https://inside.example.com/{proxy}"
  connection_type         = "VPC_LINK"
  connection_id           = var.changed ? "$${stageVariables.link}" : aws_api_gateway_vpc_link.pets.id
  request_parameters      = { "integration.request.path.proxy" = "method.request.path.proxy" }
}

# A service by a path, and by an action.
resource "aws_api_gateway_integration" "path" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.backend.id
  http_method             = aws_api_gateway_method.backend["PUT"].http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:us-east-1:sqs:path/${var.account}/${var.changed ? "second" : "first"}"
  credentials             = aws_iam_role.gateway.arn
  request_parameters      = { "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'" }
  request_templates       = { "application/json" = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" }
}

resource "aws_api_gateway_integration" "action" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.backend.id
  http_method             = aws_api_gateway_method.backend["PATCH"].http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:us-east-1:dynamodb:action/${var.changed ? "PutItem" : "GetItem"}"
  credentials             = aws_iam_role.gateway.arn
}

# Made anew, as neither method nor credentials nor passthrough can be changed. No deployment that is made before
# another one goes may depend on it: what it depends on would be made first, too, and then be deleted.
resource "aws_api_gateway_method" "replaced" {
  rest_api_id   = aws_api_gateway_rest_api.moved.id
  resource_id   = aws_api_gateway_rest_api.moved.root_resource_id
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "replaced" {
  rest_api_id             = aws_api_gateway_rest_api.moved.id
  resource_id             = aws_api_gateway_rest_api.moved.root_resource_id
  http_method             = aws_api_gateway_method.replaced.http_method
  type                    = "AWS"
  integration_http_method = var.changed ? "PUT" : "GET"
  uri                     = "arn:aws:apigateway:us-east-1:s3:path/pets"
  credentials             = var.changed ? "arn:aws:iam::*:user/*" : aws_iam_role.gateway.arn
  passthrough_behavior    = var.changed ? "NEVER" : "WHEN_NO_TEMPLATES"
}
