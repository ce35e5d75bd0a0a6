package io.portico.gateway.compile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code uri} of an integration with a Lambda function. */
final class LambdaUri {
  /** AWS: a doubled slash is taken; source: recorded, facts INT-07. */
  private static final Pattern INVOCATION =
      Pattern.compile(
          "arn:[a-z-]+:apigateway:[a-z0-9-]+:lambda:path/+2015-03-31/functions/"
              + "(arn:[a-z-]+:lambda:[^/\\s]+)/invocations/?");

  private LambdaUri() {}

  /** The function's ARN, or null where the address is another service's. */
  static @Nullable String functionArn(String uri) {
    Matcher invocation = INVOCATION.matcher(uri);
    return invocation.matches() ? invocation.group(1) : null;
  }
}
