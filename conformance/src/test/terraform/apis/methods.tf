# Methods that answer by themselves.
resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "{petId}"
}

resource "aws_api_gateway_resource" "renamed" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = var.changed ? "shelves" : "shelf"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id          = aws_api_gateway_rest_api.api.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = "GET"
  authorization        = "NONE"
  operation_name       = var.changed ? "GetOnePet" : "GetPet"
  request_validator_id = var.changed ? aws_api_gateway_request_validator.body.id : aws_api_gateway_request_validator.parameters.id

  request_parameters = var.changed ? {
    "method.request.path.petId"         = true
    "method.request.querystring.detail" = false
    "method.request.header.X-Detail"    = false
    } : {
    "method.request.path.petId"         = true
    "method.request.querystring.detail" = true
    "method.request.querystring.page"   = false
  }

  request_models = {
    "application/json" = var.changed ? aws_api_gateway_model.pets.name : aws_api_gateway_model.pet.name
  }
}

resource "aws_api_gateway_integration" "mock" {
  rest_api_id          = aws_api_gateway_rest_api.api.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = aws_api_gateway_method.get.http_method
  type                 = "MOCK"
  passthrough_behavior = "WHEN_NO_TEMPLATES"

  # The second one goes with the method's parameter, before Terraform can take it away.
  cache_key_parameters = var.changed ? ["method.request.path.petId"] : ["method.request.path.petId", "method.request.querystring.page"]

  request_templates = var.changed ? {
    "application/json" = "{\"statusCode\": 200}"
    "text/plain"       = "{\"statusCode\": 200}"
  } : { "application/json" = "{\"statusCode\": 200}" }
}

resource "aws_api_gateway_method_response" "ok" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.get.http_method
  status_code = "200"

  response_models = {
    "application/json" = var.changed ? "Empty" : aws_api_gateway_model.pet.name
  }

  response_parameters = var.changed ? {
    "method.response.header.X-Size" = true
    "method.response.header.X-Age"  = false
    } : {
    "method.response.header.X-Size"  = false
    "method.response.header.X-Color" = true
  }
}

resource "aws_api_gateway_integration_response" "ok" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.get.http_method
  status_code = aws_api_gateway_method_response.ok.status_code

  response_templates = {
    "application/json" = "{\"pet\": \"$input.params('petId')\", \"size\": \"$stageVariables.size\"}"
  }

  response_parameters = var.changed ? {
    "method.response.header.X-Size" = "'large'"
    "method.response.header.X-Age"  = "'7'"
  } : { "method.response.header.X-Size" = "'small'" }

  depends_on = [aws_api_gateway_integration.mock]
}

# Chosen by a pattern, and converted, at first only.
resource "aws_api_gateway_method_response" "missing" {
  rest_api_id     = aws_api_gateway_rest_api.api.id
  resource_id     = aws_api_gateway_resource.pet.id
  http_method     = aws_api_gateway_method.get.http_method
  status_code     = "404"
  response_models = var.changed ? null : { "application/json" = "Error" }
  depends_on      = [aws_api_gateway_method_response.ok]
}

resource "aws_api_gateway_integration_response" "missing" {
  rest_api_id        = aws_api_gateway_rest_api.api.id
  resource_id        = aws_api_gateway_resource.pet.id
  http_method        = aws_api_gateway_method.get.http_method
  status_code        = aws_api_gateway_method_response.missing.status_code
  selection_pattern  = var.changed ? "4\\d{2}" : "404"
  content_handling   = var.changed ? "CONVERT_TO_BINARY" : "CONVERT_TO_TEXT"
  response_templates = var.changed ? {} : { "application/json" = "{}" }
  depends_on         = [aws_api_gateway_integration_response.ok]
}

# Wants an API key, and one that is in no plan is refused.
resource "aws_api_gateway_method" "put" {
  rest_api_id      = aws_api_gateway_rest_api.api.id
  resource_id      = aws_api_gateway_resource.pet.id
  http_method      = "PUT"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "put" {
  rest_api_id       = aws_api_gateway_rest_api.api.id
  resource_id       = aws_api_gateway_resource.pet.id
  http_method       = aws_api_gateway_method.put.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 200}" }
}

resource "aws_api_gateway_method_response" "put" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.put.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "put" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.put.http_method
  status_code = aws_api_gateway_method_response.put.status_code
  depends_on  = [aws_api_gateway_integration.put]
}
