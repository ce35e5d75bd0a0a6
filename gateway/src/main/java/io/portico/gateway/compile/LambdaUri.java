package io.portico.gateway.compile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code uri} of an integration with a Lambda function.
 *
 * @param functionArn with a qualifier or without
 * @param streamed whether it names InvokeWithResponseStream, rather than Invoke
 */
public record LambdaUri(String functionArn, boolean streamed) {
  /** AWS: a doubled slash is taken; source: recorded, facts INT-07. */
  private static final Pattern INVOCATION =
      Pattern.compile(
          "arn:[a-z-]+:apigateway:[a-z0-9-]+:lambda:path/+"
              + "(?:2015-03-31/functions/(arn:[a-z-]+:lambda:[^/\\s]+)/invocations"
              + "|2021-11-15/functions/(arn:[a-z-]+:lambda:[^/\\s]+)/response-streaming-invocations)"
              + "/?");

  /** What the address names, or null where it is another service's. */
  public static @Nullable LambdaUri of(String uri) {
    Matcher invocation = INVOCATION.matcher(uri);
    if (!invocation.matches()) {
      return null;
    }
    String whole = invocation.group(1);
    return whole == null ? new LambdaUri(invocation.group(2), true) : new LambdaUri(whole, false);
  }

  /**
   * The ARN of the function that a uri invokes.
   *
   * @param configured as configured, with stage variables
   */
  public static String functionArn(@Nullable String configured, StageVariables variables)
      throws UnusableException {
    String uri = configured == null ? "" : variables.resolve(configured);
    if (uri.indexOf(StageVariables.UNDEFINED) >= 0) {
      throw new UnusableException("a stage variable in its uri is not defined: " + configured);
    }
    LambdaUri function = of(uri);
    if (function == null || function.streamed()) {
      throw new UnusableException("no uri by which a function is invoked: " + uri);
    }
    return function.functionArn();
  }
}
