# Log groups and a stream.
resource "aws_cloudwatch_log_group" "worker" {
  name              = "terraformed/worker"
  retention_in_days = var.changed ? 30 : 14
  tags              = local.tags
}

# Is given at first what it lacks afterwards.
resource "aws_cloudwatch_log_group" "stripped" {
  name              = "terraformed/stripped"
  retention_in_days = var.changed ? null : 14
  kms_key_id        = var.changed ? null : "arn:aws:kms:us-east-1:${var.account}:key/01234567-89ab-cdef-0123-456789abcdef"
  tags              = var.changed ? null : { team = "blue" }
}

resource "aws_cloudwatch_log_stream" "worker" {
  name           = "worker"
  log_group_name = aws_cloudwatch_log_group.worker.name
}

data "aws_cloudwatch_log_group" "worker" {
  name = aws_cloudwatch_log_group.worker.name
}

data "aws_cloudwatch_log_groups" "all" {
  log_group_name_prefix = "terraformed/"
  depends_on            = [aws_cloudwatch_log_group.worker, aws_cloudwatch_log_group.stripped]
}
