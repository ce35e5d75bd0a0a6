# Models, request validators and gateway responses of the API that answers.
resource "aws_api_gateway_model" "pet" {
  rest_api_id  = aws_api_gateway_rest_api.api.id
  name         = "Pet"
  description  = local.description
  content_type = "application/json"

  schema = jsonencode({
    type       = "object"
    properties = var.changed ? { pet = { type = "string" }, age = { type = "integer" } } : { pet = { type = "string" } }
  })
}

resource "aws_api_gateway_model" "pets" {
  rest_api_id  = aws_api_gateway_rest_api.api.id
  name         = "Pets"
  description  = var.changed ? null : "Made by Terraform"
  content_type = "application/json"

  schema = jsonencode({
    type  = "array"
    items = { "$ref" = "https://apigateway.amazonaws.com/restapis/${aws_api_gateway_rest_api.api.id}/models/${aws_api_gateway_model.pet.name}" }
  })
}

resource "aws_api_gateway_request_validator" "parameters" {
  rest_api_id                 = aws_api_gateway_rest_api.api.id
  name                        = var.changed ? "parameters-and-body" : "parameters"
  validate_request_parameters = true
  validate_request_body       = var.changed
}

resource "aws_api_gateway_request_validator" "body" {
  rest_api_id                 = aws_api_gateway_rest_api.api.id
  name                        = "body"
  validate_request_body       = !var.changed
  validate_request_parameters = var.changed
}

resource "aws_api_gateway_gateway_response" "unknown_path" {
  rest_api_id         = aws_api_gateway_rest_api.api.id
  response_type       = "MISSING_AUTHENTICATION_TOKEN"
  status_code         = var.changed ? "410" : "404"
  response_templates  = { "application/json" = var.changed ? "{\"nothing\": \"any more\"}" : "{\"nothing\": \"here\"}" }
  response_parameters = var.changed ? { "gatewayresponse.header.X-Where" = "'gone'" } : { "gatewayresponse.header.X-Where" = "'nowhere'" }
}

resource "aws_api_gateway_gateway_response" "cors" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  response_type = "DEFAULT_5XX"

  response_parameters = var.changed ? {
    "gatewayresponse.header.Access-Control-Allow-Origin"  = "'https://example.com'"
    "gatewayresponse.header.Access-Control-Allow-Headers" = "method.request.header.Origin"
  } : { "gatewayresponse.header.Access-Control-Allow-Origin" = "'*'" }
}

# Has all of it at first, and then the type alone.
resource "aws_api_gateway_gateway_response" "throttled" {
  rest_api_id         = aws_api_gateway_rest_api.api.id
  response_type       = "THROTTLED"
  status_code         = var.changed ? null : "503"
  response_templates  = var.changed ? null : { "application/json" = "{\"slower\": true}", "text/plain" = "slower" }
  response_parameters = var.changed ? null : { "gatewayresponse.header.Retry-After" = "'1'" }
}
