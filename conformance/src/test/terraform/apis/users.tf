# Users, of whom one is renamed and moved, and a key that is switched off.
resource "aws_iam_user" "caller" {
  name                 = "terraformed-caller"
  path                 = "/terraformed/"
  permissions_boundary = var.changed ? null : aws_iam_policy.log.arn
  force_destroy        = true
  tags                 = local.tags
}

resource "aws_iam_user" "renamed" {
  name          = var.changed ? "terraformed-again" : "terraformed-renamed"
  path          = var.changed ? "/terraformed/" : "/"
  force_destroy = true
}

resource "aws_iam_access_key" "caller" {
  user   = aws_iam_user.caller.name
  status = var.changed ? "Inactive" : "Active"
}

resource "aws_iam_user_policy" "log" {
  name   = "log"
  user   = aws_iam_user.caller.name
  policy = data.aws_iam_policy_document.log.json
}

resource "aws_iam_user_policy_attachment" "own" {
  user       = aws_iam_user.caller.name
  policy_arn = var.changed ? data.aws_iam_policy.of_aws.arn : aws_iam_policy.log.arn
}

data "aws_iam_user" "caller" {
  user_name = aws_iam_user.caller.name
}

data "aws_iam_access_keys" "caller" {
  user = aws_iam_access_key.caller.user
}
