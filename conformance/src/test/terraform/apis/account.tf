# What API Gateway has beside APIs: the account's role, and VPC links.
resource "aws_iam_role" "gateway" {
  name               = "terraformed-gateway"
  assume_role_policy = data.aws_iam_policy_document.trust["apigateway.amazonaws.com"].json
}

resource "aws_iam_role" "other_gateway" {
  name               = "terraformed-other-gateway"
  assume_role_policy = data.aws_iam_policy_document.trust["apigateway.amazonaws.com"].json
}

resource "aws_iam_role_policy_attachment" "gateway" {
  for_each   = toset([aws_iam_role.gateway.name, aws_iam_role.other_gateway.name])
  role       = each.key
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "account" {
  cloudwatch_role_arn = var.changed ? aws_iam_role.other_gateway.arn : aws_iam_role.gateway.arn
  reset_on_delete     = true
  depends_on          = [aws_iam_role_policy_attachment.gateway]
}

resource "aws_api_gateway_vpc_link" "pets" {
  name        = var.changed ? "terraformed-again" : "terraformed"
  description = local.description
  target_arns = ["arn:aws:elasticloadbalancing:us-east-1:${var.account}:loadbalancer/net/terraformed/0123456789abcdef"]
  tags        = local.tags
}
