package io.portico.gateway.control.v1;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backends that tests of methods can call: hosts of {@code .test} and functions, each by what
 * it does. No other host has an address.
 */
final class ScriptedBackends implements Upstream {
  private static final String FUNCTIONS = "/2015-03-31/functions/";
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  final List<UpstreamRequest> sent = new ArrayList<>();

  @Override
  public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
    sent.add(request);
    return request.target().startsWith(FUNCTIONS) ? function(request) : host(request);
  }

  private static UpstreamResponse host(UpstreamRequest request) throws UpstreamException {
    return switch (request.origin().host()) {
      case "pets.test" ->
          new UpstreamResponse(
              200,
              Headers.of("Content-Type", "application/json", "X-Kind", "a", "X-Kind", "b"),
              Body.of("{\"id\": 1}"));
      case "dated.test" ->
          new UpstreamResponse(
              204,
              Headers.of(
                  "Date", "Wed, 12 Feb 2025 23:59:43 GMT",
                  "Server", "pets",
                  "x-amzn-RequestId", "of-the-backend"),
              Body.EMPTY);
      case "long.test" -> new UpstreamResponse(200, JSON, Body.of("\u00e9".repeat(2000)));
      case "endless.test" -> new UpstreamResponse(200, JSON, endless());
      case "slow.test" -> throw new UpstreamException(Reason.TIMEOUT, "too slow", null);
      case "down.test" -> throw new UpstreamException(Reason.CONNECT_FAILED, "refused", null);
      default -> throw new UpstreamException(Reason.UNKNOWN_HOST, "no such host", null);
    };
  }

  private static Body endless() {
    byte[] piece = "s".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    return new Body.Produced(
        out -> {
          while (!Thread.interrupted()) {
            out.write(piece);
          }
        });
  }

  private static UpstreamResponse function(UpstreamRequest request) {
    String target = request.target();
    if (target.contains("fails")) {
      return invoked("Unhandled", "{\"errorMessage\": \"no pets\", \"errorType\": \"Error\"}");
    }
    if (target.contains("untyped")) {
      return invoked(null, "{\"body\": \"made\", \"headers\": {\"Host\": \"h\", \"Date\": \"d\"}}");
    }
    if (target.contains("malformed")) {
      return invoked(null, "\"a text\"");
    }
    if (target.contains("guards")) {
      return invoked(
          null,
          """
          {"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": \
          [{"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": "*"}]}}\
          """);
    }
    if (target.contains("unknown")) {
      return invoked("Unhandled", "{\"errorMessage\": \"Unauthorized\"}");
    }
    if (target.contains("forbidden")) {
      return new UpstreamResponse(403, JSON, Body.of("{\"Message\": \"no\"}"));
    }
    if (target.contains("throttled") || target.contains("gone")) {
      return new UpstreamResponse(
          target.contains("gone") ? 404 : 429,
          Headers.of("x-amzn-RequestId", "function-request"),
          Body.of("{}"));
    }
    return invoked(
        null,
        """
        {"statusCode": 201, "headers": {"Content-Type": "text/plain"}, "body": "made"}\
        """);
  }

  private static UpstreamResponse invoked(@Nullable String error, String payload) {
    Headers.Builder headers = JSON.toBuilder().add("x-amzn-RequestId", "function-request");
    if (error != null) {
      headers.add("X-Amz-Function-Error", error);
    }
    return new UpstreamResponse(200, headers.build(), Body.of(payload));
  }
}
