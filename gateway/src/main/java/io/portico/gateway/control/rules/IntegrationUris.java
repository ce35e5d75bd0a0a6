package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the URI of an integration may be: a URL, or the ARN of what is invoked. */
public final class IntegrationUris {
  // AWS: a doubled slash is accepted; source: INT-07.
  private static final Pattern LAMBDA_PATH =
      Pattern.compile("path/{1,2}2015-03-31/functions/.+/invocations");
  private static final Pattern LAMBDA_STREAMING_PATH =
      Pattern.compile("path/{1,2}2021-11-15/functions/.+/response-streaming-invocations");

  private IntegrationUris() {}

  /** Whether it is a URL that can be called. */
  // AWS: wants a literal scheme in front, what follows may be stage variables; source: IMP-27.
  public static void checkHttp(@Nullable String uri) {
    if (uri == null
        || !(uri.regionMatches(true, 0, "http://", 0, 7)
            || uri.regionMatches(true, 0, "https://", 0, 8))
        || uri.indexOf("://") + 3 == uri.length()) {
      throw ServiceException.badRequest("Invalid HTTP endpoint specified for URI");
    }
  }

  /**
   * Whether it is the ARN of something that can be invoked.
   *
   * @param proxy whether the call is handed on as it is
   */
  // AWS: source: INT-05, INT-06. That a stage variable may be all behind the service; source:
  // documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html.
  public static void checkArn(@Nullable String uri, boolean proxy) {
    String[] parts = uri == null ? new String[0] : uri.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn")) {
      throw ServiceException.badRequest("Invalid ARN specified in the request");
    }
    String service = parts[4];
    String target = parts[5];
    if (!target.startsWith("path/")
        && !target.startsWith("action/")
        && !target.startsWith("${stageVariables.")) {
      throw ServiceException.badRequest("AWS ARN for integration must contain path or action");
    }
    if (proxy && !proxied(service, target)) {
      throw ServiceException.badRequest(
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose"
              + " stream invocations.");
    }
  }

  /** Whether the ARN is that of a function whose answer streams. */
  static boolean streams(@Nullable String uri) {
    String[] parts = uri == null ? new String[0] : uri.split(":", 6);
    return parts.length == 6
        && parts[4].equals("lambda")
        && LAMBDA_STREAMING_PATH.matcher(parts[5]).matches();
  }

  private static boolean proxied(String service, String target) {
    return switch (service) {
      case "lambda" ->
          LAMBDA_PATH.matcher(target).matches() || LAMBDA_STREAMING_PATH.matcher(target).matches();
      case "firehose" -> target.startsWith("action/");
      default -> false;
    };
  }
}
