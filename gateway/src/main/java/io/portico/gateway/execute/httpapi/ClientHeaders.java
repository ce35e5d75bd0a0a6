package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The client's headers as functions and backends are told them. */
final class ClientHeaders {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String TRACE_ID = "X-Amzn-Trace-Id";
  private static final String CONTENT_TYPE = "Content-Type";

  /**
   * AWS: a request without content has a type; source: documented, see {@link #toBackend}. Which
   * one is in requests that users have published.
   */
  private static final String TYPE_OF_NOTHING = "application/x-www-form-urlencoded";

  /** What is said of the connection, or by the gateway itself. */
  private static final HeaderNames NOT_THE_CLIENTS =
      HeaderNames.of(
          "Connection",
          "Content-Length",
          "Expect",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          FORWARDED_FOR,
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          TRACE_ID);

  private ClientHeaders() {}

  /**
   * What a function is told: the client's own, how long the content is, the trace, and where the
   * client is.
   *
   * <p>AWS: source: events that users have published, such as
   * https://github.com/milliHQ/terraform-aws-next-js/pull/31, also for the casing.
   *
   * @param own see {@link #own}
   */
  static Headers ofEvent(Headers own, Invocation invocation, long contentLength) {
    Headers received = invocation.request().headers();
    ClientConnection connection = invocation.request().connection();
    return own.toBuilder()
        .addChecked("Content-Length", Long.toString(contentLength))
        .addChecked(TRACE_ID, traceId(invocation))
        .addChecked(FORWARDED_FOR, chain(received, connection))
        .addChecked("X-Forwarded-Port", connection.localPort())
        .addChecked("X-Forwarded-Proto", connection.scheme())
        .build();
  }

  /**
   * What an HTTP backend is sent.
   *
   * <p>AWS: {@code X-Forwarded-*} become {@code Forwarded}; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-http-apis.
   * {@code Via} is reported by users.
   *
   * @param own see {@link #own}, without the client's {@code Host}
   * @param empty whether there is no content
   */
  static Headers toBackend(Headers own, boolean empty, Invocation invocation) {
    Headers received = invocation.request().headers();
    Headers.Builder headers = own.toBuilder();
    if (empty && !own.contains(CONTENT_TYPE)) {
      headers.addChecked(CONTENT_TYPE, TYPE_OF_NOTHING);
    }
    return headers
        .remove(Forwarded.HEADER)
        .remove("Via")
        .addChecked(Forwarded.HEADER, Forwarded.of(received, invocation))
        .addChecked("Via", "HTTP/1.1 AmazonAPIGateway")
        .addChecked(TRACE_ID, traceId(invocation))
        .build();
  }

  /** The client's own: without what is said of the connection, or by the gateway itself. */
  static Headers own(Invocation invocation) {
    Headers received = invocation.request().headers();
    Set<String> nominated = ConnectionFields.nominated(received);
    Headers.Builder own = Headers.builder();
    for (int i = 0; i < received.size(); i++) {
      String name = received.name(i);
      if (!NOT_THE_CLIENTS.contains(name)
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        own.addChecked(name, received.value(i));
      }
    }
    return own.build();
  }

  /** AWS: the root of a new trace, or what the client says; source: published events, as above. */
  private static String traceId(Invocation invocation) {
    String received = invocation.traceContext().received();
    return received == null ? "Root=" + invocation.traceRoot() : received;
  }

  /** The client's chain with the address it connects from behind it. */
  private static String chain(Headers received, ClientConnection connection) {
    List<String> chain = received.all(FORWARDED_FOR);
    return chain.isEmpty()
        ? connection.remoteIp()
        : String.join(", ", chain) + ", " + connection.remoteIp();
  }
}
