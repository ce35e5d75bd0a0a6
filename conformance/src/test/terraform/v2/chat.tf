# A WebSocket API: a function lets clients in, messages have models, and what they are answered is mapped.
resource "aws_apigatewayv2_api" "chat" {
  name                         = "chat"
  protocol_type                = "WEBSOCKET"
  description                  = local.description
  route_selection_expression   = var.changed ? "$request.body.verb" : "$request.body.action"
  api_key_selection_expression = var.changed ? "$context.authorizer.usageIdentifierKey" : "$request.header.x-api-key"
  tags                         = local.tags
}

resource "aws_apigatewayv2_authorizer" "chat" {
  api_id           = aws_apigatewayv2_api.chat.id
  name             = "judge"
  authorizer_type  = "REQUEST"
  authorizer_uri   = aws_lambda_function.function["judge"].invoke_arn
  identity_sources = var.changed ? ["route.request.querystring.token"] : ["route.request.header.Token"]
}

resource "aws_apigatewayv2_model" "message" {
  api_id       = aws_apigatewayv2_api.chat.id
  name         = "Message"
  content_type = "application/json"
  description  = local.description

  schema = jsonencode({
    "$schema" = "http://json-schema.org/draft-04/schema#"
    type      = "object"
    required  = var.changed ? ["line"] : ["text"]
  })
}

resource "aws_apigatewayv2_integration" "mock" {
  api_id                        = aws_apigatewayv2_api.chat.id
  integration_type              = "MOCK"
  description                   = local.description
  passthrough_behavior          = var.changed ? "NEVER" : "WHEN_NO_MATCH"
  request_templates             = { any = jsonencode({ statusCode = 200 }) }
  template_selection_expression = "any"
}

resource "aws_apigatewayv2_integration_response" "mock" {
  api_id                        = aws_apigatewayv2_api.chat.id
  integration_id                = aws_apigatewayv2_integration.mock.id
  integration_response_key      = "/200/"
  response_templates            = { any = var.changed ? "$context.eventType again" : "$context.eventType $context.routeKey" }
  template_selection_expression = "any"
}

resource "aws_apigatewayv2_integration" "chat_function" {
  api_id                    = aws_apigatewayv2_api.chat.id
  integration_type          = "AWS_PROXY"
  integration_uri           = aws_lambda_function.function["greeter"].invoke_arn
  content_handling_strategy = "CONVERT_TO_TEXT"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = "$connect"
  operation_name     = var.changed ? "Enter" : "Connect"
  target             = "integrations/${aws_apigatewayv2_integration.mock.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.chat.id

  request_parameter {
    request_parameter_key = "route.request.querystring.room"
    required              = var.changed
  }
}

resource "aws_apigatewayv2_route" "say" {
  api_id                              = aws_apigatewayv2_api.chat.id
  route_key                           = "say"
  target                              = "integrations/${aws_apigatewayv2_integration.chat_function.id}"
  model_selection_expression          = "any"
  request_models                      = { any = aws_apigatewayv2_model.message.name }
  route_response_selection_expression = "$default"
}

resource "aws_apigatewayv2_route" "default" {
  api_id                              = aws_apigatewayv2_api.chat.id
  route_key                           = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.mock.id}"
  route_response_selection_expression = "$default"
}

resource "aws_apigatewayv2_route_response" "chat" {
  for_each           = { say = aws_apigatewayv2_route.say.id, default = aws_apigatewayv2_route.default.id }
  api_id             = aws_apigatewayv2_api.chat.id
  route_id           = each.value
  route_response_key = "$default"
  response_models    = var.changed ? { any = aws_apigatewayv2_model.message.name } : null
}

resource "aws_apigatewayv2_deployment" "chat" {
  api_id      = aws_apigatewayv2_api.chat.id
  description = local.description
  triggers    = { changed = var.changed }

  depends_on = [
    aws_apigatewayv2_route.connect,
    aws_apigatewayv2_route_response.chat,
    aws_apigatewayv2_integration_response.mock,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

# Execution logs want the account's role.
resource "aws_iam_role" "gateway" {
  name = "terraformed-gateway"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "apigateway.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "gateway" {
  role       = aws_iam_role.gateway.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "account" {
  cloudwatch_role_arn = aws_iam_role.gateway.arn
  reset_on_delete     = true
  depends_on          = [aws_iam_role_policy_attachment.gateway]
}

# Execution logs go here; made first, so that no call makes it.
resource "aws_cloudwatch_log_group" "chat" {
  name = "API-Gateway-Execution-Logs_${aws_apigatewayv2_api.chat.id}/live"
}

resource "aws_apigatewayv2_stage" "chat" {
  api_id          = aws_apigatewayv2_api.chat.id
  name            = "live"
  description     = local.description
  deployment_id   = aws_apigatewayv2_deployment.chat.id
  stage_variables = { color = var.changed ? "green" : "blue" }
  tags            = local.tags
  depends_on      = [aws_api_gateway_account.account, aws_cloudwatch_log_group.chat]

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access[var.changed ? "chat-again" : "chat"].arn
    format          = "$context.requestId $context.eventType $context.routeKey $context.authorizer.word"
  }

  default_route_settings {
    data_trace_enabled       = !var.changed
    detailed_metrics_enabled = !var.changed
    logging_level            = var.changed ? "ERROR" : "INFO"
    throttling_burst_limit   = var.changed ? 60 : 50
    throttling_rate_limit    = var.changed ? 70 : 80
  }

  route_settings {
    route_key                = aws_apigatewayv2_route.say.route_key
    data_trace_enabled       = var.changed
    detailed_metrics_enabled = var.changed
    logging_level            = var.changed ? "INFO" : "OFF"
    throttling_burst_limit   = var.changed ? 20 : 10
    throttling_rate_limit    = var.changed ? 30 : 40
  }
}

data "aws_apigatewayv2_apis" "chats" {
  protocol_type = "WEBSOCKET"
  depends_on    = [aws_apigatewayv2_api.chat]
}

output "chat" {
  value = one(data.aws_apigatewayv2_apis.chats.ids)
}
