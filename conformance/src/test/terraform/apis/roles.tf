# Roles, policies and instance profiles.
data "aws_iam_policy_document" "trust" {
  for_each = toset(["apigateway.amazonaws.com", "ec2.amazonaws.com", "lambda.amazonaws.com"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.key]
    }
  }
}

data "aws_iam_policy_document" "log" {
  statement {
    actions   = var.changed ? ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"] : ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:*:*:*"]
  }
}

# Another document is another version of the policy.
resource "aws_iam_policy" "log" {
  name        = "log"
  path        = "/terraformed/"
  description = "Made by Terraform"
  policy      = data.aws_iam_policy_document.log.json
  tags        = local.tags
}

resource "aws_iam_role" "worker" {
  name                  = "worker"
  path                  = "/terraformed/"
  description           = local.description
  assume_role_policy    = data.aws_iam_policy_document.trust[var.changed ? "ec2.amazonaws.com" : "lambda.amazonaws.com"].json
  max_session_duration  = var.changed ? 3600 : 7200
  permissions_boundary  = var.changed ? data.aws_iam_policy.of_aws.arn : aws_iam_policy.log.arn
  force_detach_policies = true
  tags                  = local.tags
}

# Is given at first what it lacks afterwards.
resource "aws_iam_role" "stripped" {
  name_prefix          = "stripped-"
  description          = var.changed ? null : "Made by Terraform"
  assume_role_policy   = data.aws_iam_policy_document.trust["lambda.amazonaws.com"].json
  permissions_boundary = var.changed ? null : aws_iam_policy.log.arn
  tags                 = var.changed ? null : { team = "blue" }
}

resource "aws_iam_role_policy" "log" {
  name   = "log"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.log.json
}

resource "aws_iam_role_policies_exclusive" "worker" {
  role_name    = aws_iam_role.worker.name
  policy_names = [aws_iam_role_policy.log.name]
}

resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.log.arn
}

data "aws_iam_policy" "of_aws" {
  arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "of_aws" {
  role       = var.changed ? aws_iam_role.stripped.name : aws_iam_role.worker.name
  policy_arn = data.aws_iam_policy.of_aws.arn
}

resource "aws_iam_instance_profile" "worker" {
  name = "worker"
  path = "/terraformed/"
  role = var.changed ? aws_iam_role.stripped.name : aws_iam_role.worker.name
  tags = local.tags
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "terraformed"
  description      = local.description
  tags             = local.tags
}

data "aws_iam_role" "worker" {
  name = aws_iam_role.worker.name
}

data "aws_iam_roles" "all" {
  path_prefix = "/terraformed/"
  depends_on  = [aws_iam_role.worker]
}

data "aws_iam_policy" "log" {
  name       = "log"
  depends_on = [aws_iam_policy.log]
}

data "aws_iam_instance_profile" "worker" {
  name = aws_iam_instance_profile.worker.name
}

data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}
