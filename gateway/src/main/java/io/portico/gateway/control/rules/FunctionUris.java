package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the URI of a function that authorizes may be. */
public final class FunctionUris {
  // AWS: a region's name is checked, too; source: reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/pull/1757. The function may be a stage
  // variable, and a doubled slash is taken, as in integrations (INT-07).
  private static final Pattern FUNCTION_URI =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:[a-z]{2,}(?:-[a-z]+)++-\\d+:lambda:path/{1,2}"
              + "2015-03-31/functions/[^\\s]+/invocations");

  private FunctionUris() {}

  /** Whether it is a function's, as authorizers of all APIs name it. */
  // AWS: source: as the pattern's. The function need not be there: AUT-03.
  public static void check(@Nullable String uri) {
    if (uri == null || !FUNCTION_URI.matcher(uri).matches()) {
      throw ServiceException.badRequest(
          "Invalid Authorizer URI: "
              + uri
              + ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda"
              + " function invocation.");
    }
  }
}
