# API keys and usage plans.
resource "aws_api_gateway_api_key" "mobile" {
  name        = var.changed ? "mobile-again" : "mobile"
  description = local.description
  customer_id = var.changed ? "customer-2" : "customer-1"
  tags        = local.tags
}

# Given a value; switched off, and without a customer, afterwards.
resource "aws_api_gateway_api_key" "partner" {
  name        = "partner"
  description = var.changed ? "" : "Made by Terraform"
  customer_id = var.changed ? null : "customer-3"
  enabled     = !var.changed
  value       = "terraformed-partner-of-at-least-20"
}

resource "aws_api_gateway_usage_plan" "gold" {
  name        = var.changed ? "gold-again" : "gold"
  description = local.description
  tags        = local.tags

  api_stages {
    api_id = aws_api_gateway_rest_api.api.id
    stage  = aws_api_gateway_stage.stage.stage_name

    throttle {
      path        = "/{petId}/PUT"
      rate_limit  = var.changed ? 7.5 : 5
      burst_limit = var.changed ? 20 : 10
    }

    dynamic "throttle" {
      for_each = var.changed ? ["/{petId}/GET"] : ["/{petId}/DELETE", "/{petId}/PATCH"]

      content {
        path        = throttle.value
        rate_limit  = 1
        burst_limit = 2
      }
    }
  }

  throttle_settings {
    rate_limit  = var.changed ? 75 : 50.5
    burst_limit = var.changed ? 200 : 100
  }
}

# Loses one stage, gets another one, and has another quota.
resource "aws_api_gateway_usage_plan" "silver" {
  name         = "silver"
  product_code = var.changed ? "product-2" : "product-1"

  dynamic "api_stages" {
    for_each = var.changed ? [aws_api_gateway_stage.stripped.stage_name] : [aws_api_gateway_stage.full.stage_name]

    content {
      api_id = aws_api_gateway_rest_api.api.id
      stage  = api_stages.value
    }
  }

  api_stages {
    api_id = aws_api_gateway_rest_api.defined.id
    stage  = aws_api_gateway_stage.defined.stage_name
  }

  quota_settings {
    limit  = var.changed ? 7000 : 1000
    offset = var.changed ? 2 : 0
    period = var.changed ? "WEEK" : "DAY"
  }
}

# Is given at first what it lacks afterwards.
resource "aws_api_gateway_usage_plan" "bronze" {
  name         = "bronze"
  description  = var.changed ? null : "Made by Terraform"
  product_code = var.changed ? null : "product-3"
  tags         = var.changed ? null : { team = "blue" }

  dynamic "api_stages" {
    for_each = var.changed ? [] : [aws_api_gateway_stage.full.stage_name]

    content {
      api_id = aws_api_gateway_rest_api.api.id
      stage  = api_stages.value

      throttle {
        path        = "/{petId}/PUT"
        rate_limit  = 5
        burst_limit = 10
      }
    }
  }

  dynamic "quota_settings" {
    for_each = var.changed ? [] : [100]

    content {
      limit  = quota_settings.value
      offset = 3
      period = "MONTH"
    }
  }

  dynamic "throttle_settings" {
    for_each = var.changed ? [] : [10]

    content {
      rate_limit  = throttle_settings.value
      burst_limit = 20
    }
  }
}

resource "aws_api_gateway_usage_plan_key" "mobile" {
  key_id        = aws_api_gateway_api_key.mobile.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.gold.id
}

resource "aws_api_gateway_usage_plan_key" "partner" {
  key_id        = aws_api_gateway_api_key.partner.id
  key_type      = "API_KEY"
  usage_plan_id = var.changed ? aws_api_gateway_usage_plan.bronze.id : aws_api_gateway_usage_plan.silver.id
}
