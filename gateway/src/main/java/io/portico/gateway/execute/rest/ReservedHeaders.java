package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Headers a response cannot set: API Gateway keeps their names for itself.
 *
 * <p>AWS: what mappings set is recorded, facts RSP-07. Of a proxied backend, facts RSP-08 record
 * what is renamed; where they are silent, and for functions, the documented table rules. It lets a
 * function's {@code Content-Length} pass, which the recordings of every other integration
 * contradict: it is renamed here as there.
 *
 * <p>AWS: a test of a method answers with them as they are; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-develop.html, where the log
 * of a test shows a proxied backend's {@code Date}. That nothing else is kept is assumed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis">Important
 *     notes for REST APIs</a>
 */
final class ReservedHeaders {
  private static final String REMAPPED = "x-amzn-Remapped-";

  private static final String[] TO_RENAME = {
    "Authorization",
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Date",
    "Expect",
    "Host",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "Trailer",
    "Upgrade",
    "User-Agent",
    "WWW-Authenticate",
    "x-amzn-RequestId"
  };

  private static final HeaderNames RENAMED = HeaderNames.of(TO_RENAME);

  /** The new names of those in their usual casing; the casing of others is kept, too. */
  private static final Map<String, String> REMAPPED_NAMES =
      Stream.of(TO_RENAME)
          .collect(Collectors.toUnmodifiableMap(name -> name, name -> REMAPPED + name));

  private static final HeaderNames DROPPED = HeaderNames.of("Transfer-Encoding", "Keep-Alive");

  /**
   * AWS: the documented table drops them where a proxy's backend says them; {@code Via} also
   * second-hand, facts SEC-13.
   */
  private static final HeaderNames DROPPED_FROM_PROXIED =
      HeaderNames.of(
          "Expect",
          "Host",
          "Keep-Alive",
          "Proxy-Authenticate",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "Via");

  private ReservedHeaders() {}

  /** Appends a header that a mapping or an override sets. */
  static void add(Headers.Builder headers, String name, String value, Invocation invocation) {
    if (!DROPPED.contains(name)) {
      HeaderText.add(headers, sentAs(name, invocation), value);
    }
  }

  /** As {@link #add}, in place of what the client would be sent under that name. */
  static void set(Headers.Builder headers, String name, String value, Invocation invocation) {
    headers.remove(sentAs(name, invocation));
    add(headers, name, value, invocation);
  }

  /** The headers a function's reply names. */
  static Headers.Builder ofFunction(Headers reply, Invocation invocation) {
    Headers.Builder headers = Headers.builder();
    for (Headers.Field field : reply) {
      if (!DROPPED_FROM_PROXIED.contains(field.name())) {
        HeaderText.add(headers, sentAs(field.name(), invocation), field.value());
      }
    }
    return headers;
  }

  /**
   * The headers of a proxied backend, which a strict parser has read. What its {@code Connection}
   * names was meant for the gateway only; {@code Connection} itself is told on under its other
   * name.
   */
  static Headers.Builder ofBackend(Headers backend, Invocation invocation) {
    Set<String> nominated = ConnectionFields.nominated(backend);
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < backend.size(); i++) {
      String name = backend.name(i);
      if (!DROPPED_FROM_PROXIED.contains(name)
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        headers.addChecked(sentAs(name, invocation), backend.value(i));
      }
    }
    return headers;
  }

  private static String sentAs(String name, Invocation invocation) {
    if (!RENAMED.contains(name) || invocation.test() != null) {
      return name;
    }
    String usual = REMAPPED_NAMES.get(name);
    return usual != null ? usual : REMAPPED + name;
  }
}
