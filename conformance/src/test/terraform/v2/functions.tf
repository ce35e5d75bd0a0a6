# A function that answers, and one that decides who is let in, for APIs of both kinds.
variable "code" {
  type = string
}

resource "aws_iam_role" "function" {
  name = "terraformed-function"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

# Functions log here; made first, so that no function makes it.
resource "aws_cloudwatch_log_group" "function" {
  for_each = toset(["greeter", "judge"])
  name     = "/aws/lambda/terraformed-${each.key}"
}

resource "aws_lambda_function" "function" {
  for_each         = toset(["greeter", "judge"])
  function_name    = "terraformed-${each.key}"
  role             = aws_iam_role.function.arn
  runtime          = "nodejs20.x"
  handler          = "index.${each.key}"
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  timeout          = 20
  depends_on       = [aws_cloudwatch_log_group.function]
}

resource "aws_lambda_permission" "http" {
  for_each      = aws_lambda_function.function
  statement_id  = "http"
  action        = "lambda:InvokeFunction"
  function_name = each.value.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.http.execution_arn}/*"
}

resource "aws_lambda_permission" "chat" {
  for_each      = aws_lambda_function.function
  statement_id  = "chat"
  action        = "lambda:InvokeFunction"
  function_name = each.value.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.chat.execution_arn}/*"
}

resource "aws_lambda_permission" "quick" {
  statement_id  = "quick"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.function["greeter"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.quick_function.execution_arn}/*/$default"
}
