# An HTTP API whose routes are open, ask for a token or ask a function, one of them to a server in a VPC.
variable "issuer" {
  type = string
}

resource "aws_apigatewayv2_api" "http" {
  name            = "http"
  protocol_type   = "HTTP"
  description     = local.description
  ip_address_type = var.changed ? "dualstack" : "ipv4"
  tags            = local.tags

  cors_configuration {
    allow_credentials = var.changed
    allow_headers     = var.changed ? ["authorization", "token"] : ["token"]
    allow_methods     = ["GET"]
    allow_origins     = ["https://a.test"]
    expose_headers    = var.changed ? ["x-b"] : ["x-a"]
    max_age           = var.changed ? 60 : 300
  }
}

resource "aws_apigatewayv2_integration" "function" {
  api_id                 = aws_apigatewayv2_api.http.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.function["greeter"].invoke_arn
  payload_format_version = var.changed ? "1.0" : "2.0"
  timeout_milliseconds   = var.changed ? 20000 : 25000
}

resource "aws_apigatewayv2_vpc_link" "link" {
  name               = var.changed ? "terraformed-again" : "terraformed"
  subnet_ids         = ["subnet-a", "subnet-b"]
  security_group_ids = ["sg-a"]
  tags               = local.tags
}

# Afterwards it asks for a certificate that the server has not.
resource "aws_apigatewayv2_integration" "private" {
  api_id             = aws_apigatewayv2_api.http.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "arn:aws:elasticloadbalancing:us-east-1:${var.account}:listener/app/orders/50dc6c495c0c9188/0467ef3c8400ae65"
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.link.id

  tls_config {
    server_name_to_verify = var.changed ? "other.internal" : "localhost"
  }
}

resource "aws_apigatewayv2_authorizer" "people" {
  api_id           = aws_apigatewayv2_api.http.id
  name             = "people"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = var.changed ? ["others"] : ["people"]
    issuer   = var.issuer
  }
}

resource "aws_apigatewayv2_authorizer" "judge" {
  api_id                            = aws_apigatewayv2_api.http.id
  name                              = "judge"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = aws_lambda_function.function["judge"].invoke_arn
  authorizer_payload_format_version = var.changed ? "1.0" : "2.0"
  enable_simple_responses           = !var.changed
  authorizer_result_ttl_in_seconds  = var.changed ? 60 : 0
  identity_sources                  = ["$request.header.Token"]
}

resource "aws_apigatewayv2_route" "open" {
  for_each  = toset(["/greeting", "/throttled"])
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "GET ${each.key}"
  target    = "integrations/${aws_apigatewayv2_integration.function.id}"
}

resource "aws_apigatewayv2_route" "people" {
  api_id             = aws_apigatewayv2_api.http.id
  route_key          = "GET /people"
  target             = "integrations/${aws_apigatewayv2_integration.function.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.people.id
}

resource "aws_apigatewayv2_route" "judged" {
  api_id             = aws_apigatewayv2_api.http.id
  route_key          = "GET /judged"
  target             = "integrations/${aws_apigatewayv2_integration.function.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.judge.id
}

resource "aws_apigatewayv2_route" "private" {
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "ANY /orders/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.private.id}"
}

resource "aws_cloudwatch_log_group" "access" {
  for_each = toset(["http", "http-again", "chat", "chat-again"])
  name     = "terraformed/access/${each.key}"
}

# What is deployed by itself. A route of which nothing is taken any more answers 429.
resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.http.id
  name        = "$default"
  description = local.description
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access[var.changed ? "http-again" : "http"].arn
    format          = var.changed ? "$context.requestId $context.status again" : "$context.requestId $context.routeKey $context.status $context.authorizer.word"
  }

  default_route_settings {
    detailed_metrics_enabled = var.changed
    throttling_burst_limit   = var.changed ? 60 : 50
    throttling_rate_limit    = var.changed ? 20.5 : 10
  }

  route_settings {
    route_key                = aws_apigatewayv2_route.open["/throttled"].route_key
    detailed_metrics_enabled = !var.changed
    throttling_burst_limit   = var.changed ? 0 : 5
    throttling_rate_limit    = var.changed ? 0 : 100
  }

  dynamic "route_settings" {
    for_each = var.changed ? [aws_apigatewayv2_route.judged.route_key] : [aws_apigatewayv2_route.people.route_key, aws_apigatewayv2_route.private.route_key]

    content {
      route_key              = route_settings.value
      throttling_burst_limit = 70
      throttling_rate_limit  = 80
    }
  }
}

resource "aws_apigatewayv2_deployment" "http" {
  api_id      = aws_apigatewayv2_api.http.id
  description = local.description
  triggers    = { changed = var.changed }

  depends_on = [
    aws_apigatewayv2_route.open,
    aws_apigatewayv2_route.people,
    aws_apigatewayv2_route.judged,
    aws_apigatewayv2_route.private,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

# Is given at first what it lacks afterwards.
resource "aws_apigatewayv2_stage" "stripped" {
  api_id          = aws_apigatewayv2_api.http.id
  name            = "stripped"
  description     = "Made by Terraform"
  deployment_id   = aws_apigatewayv2_deployment.http.id
  stage_variables = var.changed ? null : { color = "blue" }
  tags            = var.changed ? null : { team = "blue" }

  # Terraform sends what is taken away as something empty, and API Gateway keeps a description and settings of
  # access logs then: taking them away would never be done.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access["http"].arn
    format          = "$context.requestId"
  }

  dynamic "route_settings" {
    for_each = var.changed ? [] : [aws_apigatewayv2_route.open["/greeting"].route_key]

    content {
      route_key              = route_settings.value
      throttling_burst_limit = 1
      throttling_rate_limit  = 1
    }
  }
}

data "aws_apigatewayv2_api" "http" {
  api_id = aws_apigatewayv2_api.http.id
}

data "aws_apigatewayv2_export" "http" {
  api_id        = aws_apigatewayv2_api.http.id
  specification = "OAS30"
  output_type   = "JSON"
  depends_on    = [aws_apigatewayv2_deployment.http]
}

output "http" {
  value = data.aws_apigatewayv2_api.http.id
}

output "exported" {
  value = data.aws_apigatewayv2_export.http.body
}
