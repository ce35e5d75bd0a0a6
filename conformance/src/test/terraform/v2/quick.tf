# HTTP APIs by quick create: a route, an integration and a stage come with them.
variable "backend" {
  type = string
}

resource "aws_apigatewayv2_api" "quick" {
  name          = "quick"
  protocol_type = "HTTP"
  route_key     = var.changed ? "GET /later" : "GET /now"
  target        = "${var.backend}/${var.changed ? "second" : "first"}"
}

resource "aws_apigatewayv2_api" "quick_function" {
  name                         = "quick-function"
  protocol_type                = "HTTP"
  target                       = aws_lambda_function.function["greeter"].arn
  disable_execute_api_endpoint = var.changed
}

output "quick" {
  value = aws_apigatewayv2_api.quick.id
}

output "quick_function" {
  value = aws_apigatewayv2_api.quick_function.id
}
