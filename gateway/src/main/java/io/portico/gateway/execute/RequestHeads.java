package io.portico.gateway.execute;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CallLimits.Bound;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import org.jspecify.annotations.Nullable;

/**
 * How long the head of a request may be: the values of its header fields together, and its URL.
 * Whoever sends a longer one hears it from the front door: no API's gateway responses, logs or
 * metrics see the request.
 *
 * <p>AWS: source of the numbers: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html;
 * of the answer to long fields: reported by users,
 * https://ntsblog.homedev.com.au/index.php/2021/03/09/aws-api-gateway-http-header-is-larger-than-10240-bytes/
 * and http://Backbencher.dev/solved-431-status-code-with-request-header-fields-too-large. That it
 * is JSON, and the answer to a long URL, are assumed.
 */
final class RequestHeads {
  private static final String SCHEME = "https://";

  private final Overruns overruns;

  /**
   * @param overruns is told of what is taken though AWS would not
   */
  RequestHeads(Overruns overruns) {
    this.overruns = overruns;
  }

  /** What is told of what is taken though AWS would not. */
  Overruns overruns() {
    return overruns;
  }

  /** The answer to a request whose head is too long, or null. */
  @Nullable HttpResponse refusal(HttpRequest request, ServedStage stage) {
    CallLimits limits = stage.limits();
    Bound headers = limits.headers();
    if (headers.matters()) {
      long bytes = valueBytes(request.headers());
      if (bytes > headers.most()) {
        return refused(431, "HTTP header is larger than " + headers.most() + " bytes.");
      }
      if (bytes > headers.told()) {
        overruns.headers(stage, bytes);
      }
    }
    Bound url = url(stage);
    if (url.matters()) {
      int characters = SCHEME.length() + request.host().length() + request.target().length();
      if (characters > url.most()) {
        return refused(414, "Request URI too long");
      }
      if (characters > url.told()) {
        overruns.url(stage, characters);
      }
    }
    return null;
  }

  /**
   * The answer to a request of a REST API whose query has characters that no query may have as they
   * are, or null.
   *
   * <p>AWS: the bar; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html. The
   * braces, the status, and that no log of the API hears of it: reported by users, issue 188 of the
   * API Gateway importer, pull request 179 of lout and issue 255 of nestjsx/crud. The text is
   * assumed.
   */
  static @Nullable HttpResponse refusalOfQuery(HttpRequest request) {
    String target = request.target();
    for (int i = target.indexOf('?'); i >= 0 && i < target.length(); i++) {
      char each = target.charAt(i);
      if (each == '|' || each == '{' || each == '}') {
        return refused(400, "Bad Request");
      }
    }
    return null;
  }

  private static Bound url(ServedStage stage) {
    CallLimits limits = stage.limits();
    if (stage instanceof WebSocketStage) {
      return limits.webSocketUrl();
    }
    return stage.cloudFront() == null ? limits.url() : limits.edgeUrl();
  }

  /** A field's value has a character a byte. */
  private static long valueBytes(Headers headers) {
    long bytes = 0;
    for (int i = 0; i < headers.size(); i++) {
      bytes += headers.value(i).length();
    }
    return bytes;
  }

  private static HttpResponse refused(int status, String message) {
    return new HttpResponse(
        status,
        Headers.of(
            "Content-Type",
            "application/json",
            "x-amzn-RequestId",
            RequestId.random(),
            "x-amz-apigw-id",
            RequestId.extended()),
        Body.of("{\"message\":\"" + message + "\"}"));
  }
}
