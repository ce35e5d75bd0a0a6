# An HTTP API with what it can have, one by its definition, and a WebSocket API.
resource "aws_apigatewayv2_api" "http" {
  name          = var.changed ? "http-again" : "http"
  protocol_type = "HTTP"
  description   = local.description
  version       = var.changed ? "2" : "1"
  tags          = local.tags

  cors_configuration {
    allow_origins = ["https://a.test"]
    allow_methods = var.changed ? ["GET"] : ["GET", "PUT"]
    max_age       = 300
  }
}

resource "aws_apigatewayv2_integration" "function" {
  api_id                 = aws_apigatewayv2_api.http.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.greeter.invoke_arn
  payload_format_version = "2.0"
  description            = local.description
}

resource "aws_apigatewayv2_integration" "url" {
  api_id             = aws_apigatewayv2_api.http.id
  integration_type   = "HTTP_PROXY"
  integration_method = var.changed ? "PUT" : "ANY"
  integration_uri    = "https://backend.test/{proxy}"

  request_parameters = {
    "append:header.who" = "$context.identity.sourceIp"
  }

  response_parameters {
    status_code = var.changed ? 403 : 404
    mappings    = { "overwrite:statuscode" = "204" }
  }
}

resource "aws_apigatewayv2_integration" "queue" {
  api_id              = aws_apigatewayv2_api.http.id
  integration_type    = "AWS_PROXY"
  integration_subtype = "SQS-SendMessage"
  credentials_arn     = aws_iam_role.function["first"].arn

  request_parameters = {
    QueueUrl    = "https://sqs.us-east-1.amazonaws.com/111111111111/queue"
    MessageBody = "$request.body.message"
  }
}

resource "aws_apigatewayv2_authorizer" "people" {
  api_id           = aws_apigatewayv2_api.http.id
  name             = var.changed ? "everybody" : "people"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = ["app"]
    issuer   = "https://issuer.test"
  }
}

resource "aws_apigatewayv2_authorizer" "judge" {
  api_id                            = aws_apigatewayv2_api.http.id
  name                              = "judge"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = aws_lambda_function.greeter.invoke_arn
  authorizer_payload_format_version = "2.0"
  enable_simple_responses           = true
  authorizer_result_ttl_in_seconds  = var.changed ? 0 : 60
  identity_sources                  = ["$request.header.Token"]
}

resource "aws_apigatewayv2_route" "greeting" {
  api_id    = aws_apigatewayv2_api.http.id
  route_key = var.changed ? "GET /greetings" : "GET /greeting"
  target    = "integrations/${aws_apigatewayv2_integration.function.id}"
}

resource "aws_apigatewayv2_route" "people" {
  api_id               = aws_apigatewayv2_api.http.id
  route_key            = "ANY /people/{proxy+}"
  target               = "integrations/${aws_apigatewayv2_integration.url.id}"
  authorization_type   = "JWT"
  authorizer_id        = aws_apigatewayv2_authorizer.people.id
  authorization_scopes = var.changed ? ["read", "write"] : ["read"]
}

resource "aws_apigatewayv2_route" "judged" {
  api_id             = aws_apigatewayv2_api.http.id
  route_key          = "POST /queue"
  target             = "integrations/${aws_apigatewayv2_integration.queue.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.judge.id
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.http.id
  name        = "$default"
  auto_deploy = true
  tags        = local.tags

  stage_variables = {
    color = var.changed ? "green" : "blue"
  }

  default_route_settings {
    throttling_burst_limit = 50
    throttling_rate_limit  = var.changed ? 20 : 10
  }
}

resource "aws_apigatewayv2_deployment" "http" {
  api_id      = aws_apigatewayv2_api.http.id
  description = local.description
  depends_on  = [aws_apigatewayv2_route.greeting]
}

resource "aws_apigatewayv2_stage" "fixed" {
  api_id        = aws_apigatewayv2_api.http.id
  name          = "fixed"
  deployment_id = aws_apigatewayv2_deployment.http.id
}

resource "aws_apigatewayv2_api" "defined_http" {
  name          = "defined-http"
  protocol_type = "HTTP"

  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "defined-http", version = var.changed ? "2" : "1" }
    paths = {
      (var.changed ? "/food" : "/pets") = {
        get = {
          x-amazon-apigateway-integration = {
            type                 = "http_proxy"
            httpMethod           = "GET"
            uri                  = "https://backend.test/"
            payloadFormatVersion = "1.0"
          }
        }
      }
    }
  })

  version = var.changed ? "2" : "1"
}

resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = var.changed ? "$request.body.verb" : "$request.body.action"
}

resource "aws_apigatewayv2_model" "message" {
  api_id       = aws_apigatewayv2_api.chat.id
  name         = "message"
  content_type = "application/json"
  description  = local.description
  schema       = jsonencode({ title = "message", type = "object" })
}

resource "aws_apigatewayv2_integration" "chat" {
  api_id           = aws_apigatewayv2_api.chat.id
  integration_type = "MOCK"
}

resource "aws_apigatewayv2_integration_response" "chat" {
  api_id                   = aws_apigatewayv2_api.chat.id
  integration_id           = aws_apigatewayv2_integration.chat.id
  integration_response_key = "/200/"
}

resource "aws_apigatewayv2_route" "chat" {
  api_id         = aws_apigatewayv2_api.chat.id
  route_key      = "$default"
  target         = "integrations/${aws_apigatewayv2_integration.chat.id}"
  request_models = { application = aws_apigatewayv2_model.message.name }

  model_selection_expression          = "$request.body.action"
  route_response_selection_expression = "$default"
}

resource "aws_apigatewayv2_route_response" "chat" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_id           = aws_apigatewayv2_route.chat.id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_deployment" "chat" {
  api_id      = aws_apigatewayv2_api.chat.id
  description = local.description
  depends_on  = [aws_apigatewayv2_route.chat]
}

resource "aws_apigatewayv2_stage" "chat" {
  api_id        = aws_apigatewayv2_api.chat.id
  name          = "live"
  deployment_id = aws_apigatewayv2_deployment.chat.id
}

output "http" {
  value = aws_apigatewayv2_api.http.id
}
