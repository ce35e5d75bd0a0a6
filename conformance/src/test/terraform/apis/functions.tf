# A function with a layer, versions, aliases, a URL, settings and a method in front.
variable "layer" {
  type = string
}

variable "code" {
  type = string
}

resource "aws_iam_role" "function" {
  for_each           = toset(["first", "second"])
  name               = "terraformed-function-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda.amazonaws.com"].json
}

resource "aws_lambda_layer_version" "words" {
  layer_name               = "terraformed-words"
  description              = local.description
  filename                 = var.layer
  source_code_hash         = filebase64sha256(var.layer)
  compatible_runtimes      = ["nodejs20.x", "nodejs22.x"]
  compatible_architectures = ["x86_64", "arm64"]
  license_info             = "MIT"
}

resource "aws_lambda_layer_version_permission" "words" {
  layer_name     = aws_lambda_layer_version.words.layer_name
  version_number = aws_lambda_layer_version.words.version
  statement_id   = "everybody"
  action         = "lambda:GetLayerVersion"
  principal      = var.changed ? "111122223333" : "*"
}

# Functions log here; made first, so that no function makes it.
resource "aws_cloudwatch_log_group" "greeter" {
  name              = "/aws/lambda/terraformed-greeter"
  retention_in_days = var.changed ? 3 : 1
  tags              = local.tags
}

resource "aws_lambda_function" "greeter" {
  function_name                  = "terraformed-greeter"
  description                    = local.description
  role                           = aws_iam_role.function["first"].arn
  runtime                        = "nodejs20.x"
  handler                        = var.changed ? "index.other" : "index.handler"
  filename                       = var.code
  source_code_hash               = filebase64sha256(var.code)
  layers                         = [aws_lambda_layer_version.words.arn]
  timeout                        = var.changed ? 20 : 10
  memory_size                    = var.changed ? 512 : 256
  reserved_concurrent_executions = var.changed ? -1 : 5
  publish                        = true
  tags                           = local.tags
  depends_on                     = [aws_cloudwatch_log_group.greeter]

  environment {
    variables = var.changed ? { WHOM = "Grace", CHANGED = "yes" } : { WHOM = "Ada", FIRST = "yes" }
  }

  ephemeral_storage {
    size = var.changed ? 1024 : 512
  }

  tracing_config {
    mode = var.changed ? "Active" : "PassThrough"
  }

  logging_config {
    log_format            = var.changed ? "JSON" : "Text"
    log_group             = aws_cloudwatch_log_group.greeter.name
    application_log_level = var.changed ? "WARN" : null
    system_log_level      = var.changed ? "DEBUG" : null
  }
}

# Is given at first what it lacks afterwards.
resource "aws_lambda_function" "stripped" {
  function_name    = "terraformed-stripped"
  description      = var.changed ? null : "Made by Terraform"
  role             = aws_iam_role.function[var.changed ? "second" : "first"].arn
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  layers           = var.changed ? null : [aws_lambda_layer_version.words.arn]
  tags             = var.changed ? null : { team = "blue" }

  dynamic "environment" {
    for_each = var.changed ? [] : ["Ada"]

    content {
      variables = { WHOM = environment.value }
    }
  }

  dynamic "dead_letter_config" {
    for_each = var.changed ? [] : ["terraformed"]

    content {
      target_arn = "arn:aws:sqs:us-east-1:${var.account}:${dead_letter_config.value}"
    }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = local.description
  function_name    = aws_lambda_function.greeter.function_name
  function_version = aws_lambda_function.greeter.version
}

resource "aws_lambda_alias" "shifting" {
  name             = "shifting"
  description      = var.changed ? "" : "Made by Terraform"
  function_name    = aws_lambda_function.greeter.function_name
  function_version = "1"

  dynamic "routing_config" {
    for_each = var.changed ? [aws_lambda_function.greeter.version] : []

    content {
      additional_version_weights = { (routing_config.value) = 0.25 }
    }
  }
}

resource "aws_lambda_function_event_invoke_config" "live" {
  function_name                = aws_lambda_function.greeter.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_event_age_in_seconds = var.changed ? 60 : 600
  maximum_retry_attempts       = var.changed ? 0 : 1

  destination_config {
    on_failure {
      destination = aws_lambda_function.stripped.arn
    }

    dynamic "on_success" {
      for_each = var.changed ? [] : [aws_lambda_function.stripped.arn]

      content {
        destination = on_success.value
      }
    }
  }
}

resource "aws_lambda_function_url" "live" {
  function_name      = aws_lambda_function.greeter.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = var.changed ? "AWS_IAM" : "NONE"
  invoke_mode        = var.changed ? "RESPONSE_STREAM" : "BUFFERED"

  cors {
    allow_credentials = var.changed
    allow_origins     = var.changed ? ["https://example.com", "https://example.org"] : ["*"]
    allow_methods     = var.changed ? ["GET", "PUT"] : ["*"]
    allow_headers     = var.changed ? ["x-one"] : ["x-one", "x-two"]
    expose_headers    = var.changed ? [] : ["x-three"]
    max_age           = var.changed ? 0 : 60
  }
}

resource "aws_lambda_function_url" "stripped" {
  function_name      = aws_lambda_function.stripped.function_name
  authorization_type = "AWS_IAM"

  dynamic "cors" {
    for_each = var.changed ? [] : ["https://example.com"]

    content {
      allow_origins = [cors.value]
    }
  }
}

resource "aws_lambda_function_recursion_config" "greeter" {
  function_name  = aws_lambda_function.greeter.function_name
  recursive_loop = var.changed ? "Terminate" : "Allow"
}

resource "aws_lambda_runtime_management_config" "greeter" {
  function_name     = aws_lambda_function.greeter.function_name
  update_runtime_on = var.changed ? "Auto" : "FunctionUpdate"
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.greeter.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.api.execution_arn}/*/GET${aws_api_gateway_resource.greeting.path}"
}

resource "aws_lambda_permission" "url" {
  statement_id           = "url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.greeter.function_name
  qualifier              = aws_lambda_alias.live.name
  principal              = var.changed ? "arn:aws:iam::${var.account}:root" : "*"
  function_url_auth_type = var.changed ? "AWS_IAM" : "NONE"
}

resource "aws_lambda_permission" "bucket" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.stripped.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::terraformed"
  source_account = var.account
}

resource "aws_api_gateway_resource" "greeting" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "greeting"
}

resource "aws_api_gateway_method" "greeting" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_resource.greeting.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "greeting" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.greeting.id
  http_method             = aws_api_gateway_method.greeting.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_alias.live.invoke_arn
  timeout_milliseconds    = var.changed ? 28000 : null
}

data "aws_lambda_function" "greeter" {
  function_name = aws_lambda_function.greeter.function_name
  qualifier     = aws_lambda_alias.live.name
}

data "aws_lambda_alias" "live" {
  function_name = aws_lambda_function.greeter.function_name
  name          = aws_lambda_alias.live.name
}

data "aws_lambda_function_url" "live" {
  function_name = aws_lambda_function.greeter.function_name
  qualifier     = aws_lambda_function_url.live.qualifier
}

data "aws_lambda_functions" "all" {
  depends_on = [aws_lambda_function.greeter, aws_lambda_function.stripped]
}

data "aws_lambda_layer_version" "words" {
  layer_name         = aws_lambda_layer_version.words.layer_name
  compatible_runtime = "nodejs20.x"
}

data "aws_lambda_invocation" "greeter" {
  function_name = aws_lambda_function.greeter.function_name
  qualifier     = aws_lambda_alias.live.name
  input         = jsonencode({ asked = "by Terraform" })
}
