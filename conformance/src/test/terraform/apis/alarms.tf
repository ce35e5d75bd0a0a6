# Alarms on what the stages of the API are measured by.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name                = "terraformed-errors"
  alarm_description         = local.description
  namespace                 = "AWS/ApiGateway"
  metric_name               = "5XXError"
  dimensions                = { ApiName = aws_api_gateway_rest_api.api.name, Stage = aws_api_gateway_stage.stage.stage_name }
  statistic                 = var.changed ? "Sum" : "Average"
  period                    = var.changed ? 300 : 60
  evaluation_periods        = 5
  datapoints_to_alarm       = var.changed ? 5 : 3
  threshold                 = var.changed ? 10 : 0.05
  comparison_operator       = var.changed ? "GreaterThanOrEqualToThreshold" : "GreaterThanThreshold"
  treat_missing_data        = var.changed ? "ignore" : "notBreaching"
  actions_enabled           = !var.changed
  alarm_actions             = ["arn:aws:sns:us-east-1:${var.account}:${var.changed ? "others" : "pages"}"]
  ok_actions                = var.changed ? [] : ["arn:aws:sns:us-east-1:${var.account}:pages"]
  insufficient_data_actions = var.changed ? ["arn:aws:sns:us-east-1:${var.account}:pages"] : []
  tags                      = local.tags
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name                            = "terraformed-latency"
  namespace                             = "AWS/ApiGateway"
  metric_name                           = "Latency"
  dimensions                            = { ApiName = aws_api_gateway_rest_api.api.name }
  extended_statistic                    = var.changed ? "p99.9" : "p95"
  period                                = 60
  evaluation_periods                    = var.changed ? 2 : 1
  threshold                             = 500
  comparison_operator                   = "GreaterThanThreshold"
  evaluate_low_sample_count_percentiles = var.changed ? "evaluate" : "ignore"
}

# A share of the calls, by metric math.
resource "aws_cloudwatch_metric_alarm" "share" {
  alarm_name          = "terraformed-share"
  evaluation_periods  = 1
  threshold           = var.changed ? 5 : 1
  comparison_operator = "GreaterThanThreshold"

  metric_query {
    id          = "share"
    expression  = var.changed ? "100 * errors / IF(calls > 0, calls, 1)" : "100 * errors / calls"
    label       = "errors in percent"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { errors = "5XXError", calls = "Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        dimensions  = { ApiName = aws_api_gateway_rest_api.api.name }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

# Is given at first what it lacks afterwards.
resource "aws_cloudwatch_metric_alarm" "stripped" {
  alarm_name          = "terraformed-stripped"
  alarm_description   = var.changed ? null : "Made by Terraform"
  namespace           = "Terraformed"
  metric_name         = "Sales"
  statistic           = "Sum"
  unit                = var.changed ? null : "Count"
  dimensions          = var.changed ? null : { Shop = "first" }
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  alarm_actions       = var.changed ? null : ["arn:aws:sns:us-east-1:${var.account}:pages"]
  tags                = var.changed ? null : { team = "blue" }
}
