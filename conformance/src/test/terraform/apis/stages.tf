# Deployments and stages. A changed API is deployed anew before the old deployment is taken away.
resource "aws_api_gateway_deployment" "deployment" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  description = local.description
  triggers    = { changed = var.changed }

  depends_on = [
    aws_api_gateway_integration_response.ok,
    aws_api_gateway_integration_response.missing,
    aws_api_gateway_integration_response.put,
    aws_api_gateway_integration_response.http,
    aws_api_gateway_integration.delete,
    aws_api_gateway_integration.patch,
    aws_api_gateway_integration.options,
    aws_api_gateway_integration.http_proxy,
    aws_api_gateway_integration.vpc_link,
    aws_api_gateway_integration.path,
    aws_api_gateway_integration.action,
    aws_api_gateway_integration.greeting,
    aws_api_gateway_gateway_response.unknown_path,
    aws_api_gateway_gateway_response.cors,
    aws_api_gateway_gateway_response.throttled,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

# A deployment that is changed in place, for the canaries.
resource "aws_api_gateway_deployment" "tried" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  description = local.description
  depends_on  = [aws_api_gateway_deployment.deployment]
}

resource "aws_cloudwatch_log_group" "access" {
  for_each          = toset(["first", "second"])
  name              = "terraformed/access/${each.key}"
  retention_in_days = 1
}

resource "aws_api_gateway_client_certificate" "backend" {
  description = local.description
  tags        = local.tags
}

# The one that is called.
resource "aws_api_gateway_stage" "stage" {
  rest_api_id           = aws_api_gateway_rest_api.api.id
  deployment_id         = aws_api_gateway_deployment.deployment.id
  stage_name            = "prod"
  description           = local.description
  documentation_version = var.changed ? aws_api_gateway_documentation_version.second.version : aws_api_gateway_documentation_version.first.version
  variables             = var.changed ? { size = "large", backend = "a.example.com" } : { size = "small", color = "brown" }
  tags                  = local.tags
}

# All that a stage can have, in other values afterwards.
resource "aws_api_gateway_stage" "full" {
  rest_api_id           = aws_api_gateway_rest_api.api.id
  deployment_id         = aws_api_gateway_deployment.deployment.id
  stage_name            = "full"
  cache_cluster_enabled = true
  cache_cluster_size    = var.changed ? "1.6" : "0.5"
  xray_tracing_enabled  = var.changed
  client_certificate_id = aws_api_gateway_client_certificate.backend.id
  tags                  = local.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access[var.changed ? "second" : "first"].arn
    format          = var.changed ? "$context.requestId $context.status" : jsonencode({ id = "$context.requestId" })
  }

  canary_settings {
    deployment_id            = aws_api_gateway_deployment.tried.id
    percent_traffic          = var.changed ? 33.33 : 10
    stage_variable_overrides = var.changed ? { size = "medium", link = "none" } : { size = "tiny", color = "grey" }
    use_stage_cache          = var.changed
  }
}

# Is given all of it at first, and loses it afterwards.
resource "aws_api_gateway_stage" "stripped" {
  rest_api_id           = aws_api_gateway_rest_api.api.id
  deployment_id         = aws_api_gateway_deployment.deployment.id
  stage_name            = "stripped"
  description           = var.changed ? null : "Made by Terraform"
  cache_cluster_enabled = var.changed ? null : true
  cache_cluster_size    = var.changed ? null : "0.5"
  xray_tracing_enabled  = var.changed ? null : true
  client_certificate_id = var.changed ? null : aws_api_gateway_client_certificate.backend.id
  documentation_version = var.changed ? null : aws_api_gateway_documentation_version.first.version
  variables             = var.changed ? null : { size = "small" }
  tags                  = var.changed ? null : { team = "blue" }

  dynamic "access_log_settings" {
    for_each = var.changed ? [] : ["$context.requestId"]

    content {
      destination_arn = aws_cloudwatch_log_group.access["first"].arn
      format          = access_log_settings.value
    }
  }

  dynamic "canary_settings" {
    for_each = var.changed ? [] : [aws_api_gateway_deployment.tried.id]

    content {
      deployment_id            = canary_settings.value
      percent_traffic          = 50
      stage_variable_overrides = { size = "tiny" }
      use_stage_cache          = true
    }
  }
}

# Settings of all methods, of one, of one of the root, and of one whose path has slashes.
resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.full.stage_name
  method_path = "*/*"
  # Execution logs want the account's role.
  depends_on = [aws_api_gateway_account.account]

  settings {
    metrics_enabled        = !var.changed
    logging_level          = var.changed ? "ERROR" : "INFO"
    data_trace_enabled     = !var.changed
    throttling_rate_limit  = var.changed ? -1 : 1000
    throttling_burst_limit = var.changed ? -1 : 500
    caching_enabled        = var.changed
    cache_data_encrypted   = var.changed
  }
}

resource "aws_api_gateway_method_settings" "one" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.full.stage_name
  method_path = "${aws_api_gateway_resource.pet.path_part}/GET"
  depends_on  = [aws_api_gateway_method_settings.all]

  settings {
    caching_enabled                            = true
    cache_ttl_in_seconds                       = var.changed ? 0 : 3600
    cache_data_encrypted                       = !var.changed
    require_authorization_for_cache_control    = !var.changed
    unauthorized_cache_control_header_strategy = var.changed ? "FAIL_WITH_403" : "SUCCEED_WITHOUT_RESPONSE_HEADER"
    throttling_rate_limit                      = var.changed ? 0.5 : -1
    throttling_burst_limit                     = var.changed ? 0 : -1
  }
}

resource "aws_api_gateway_method_settings" "slashes" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.full.stage_name
  method_path = "${trimprefix(aws_api_gateway_resource.backend.path, "/")}/GET"
  depends_on  = [aws_api_gateway_method_settings.one]

  settings {
    logging_level        = var.changed ? "OFF" : "INFO"
    caching_enabled      = true
    cache_ttl_in_seconds = var.changed ? 61 : 60
  }
}

# There at first, gone afterwards.
resource "aws_api_gateway_method_settings" "fleeting" {
  count       = var.changed ? 0 : 1
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.full.stage_name
  method_path = "~1/ANY"
  depends_on  = [aws_api_gateway_method_settings.slashes]

  settings {
    metrics_enabled = true
  }
}
