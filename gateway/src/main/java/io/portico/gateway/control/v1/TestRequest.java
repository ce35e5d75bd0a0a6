package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The request that a test of a method simulates. */
final class TestRequest {
  private static final ClientConnection NO_CONNECTION =
      new ClientConnection(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          null);

  private TestRequest() {}

  /**
   * The request.
   *
   * @param resourcePath where it goes if the test does not say
   * @throws ServiceException for a header that no request can have
   */
  static HttpRequest of(Input input, String httpMethod, String resourcePath) {
    String body = input.stringOrNull("body");
    return new HttpRequest(
        httpMethod,
        target(input.stringOrNull("pathWithQueryString"), resourcePath),
        "HTTP/1.1",
        headers(input),
        body == null ? Body.EMPTY : Body.of(body),
        NO_CONNECTION,
        System.nanoTime());
  }

  // AWS: source: recorded, facts TIN-04. That a query alone goes to the resource too, and that a
  // slash in front may be left out, is assumed.
  private static String target(@Nullable String given, String resourcePath) {
    if (given == null || given.isEmpty()) {
      return resourcePath;
    }
    if (given.startsWith("?")) {
      return encoded(resourcePath + given);
    }
    return encoded(given.startsWith("/") ? given : "/" + given);
  }

  /** What no request line can hold, escaped: nothing splits the request to a backend. */
  private static String encoded(String target) {
    StringBuilder encoded = new StringBuilder(target.length());
    for (byte octet : target.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append("%02X".formatted(octet & 0xff));
      }
    }
    return encoded.toString();
  }

  /** AWS: what comes of a name that is in both maps is assumed: the values of the list. */
  private static Headers headers(Input input) {
    Headers.Builder headers = Headers.builder();
    JsonNode lists = input.json().get("multiValueHeaders");
    if (lists != null) {
      for (Map.Entry<String, JsonNode> list : lists.properties()) {
        for (JsonNode value : list.getValue()) {
          add(headers, list.getKey(), value.asString());
        }
      }
    }
    Map<String, String> single = input.stringMapOrNull("headers");
    if (single != null) {
      single.forEach(
          (name, value) -> {
            if (!headers.contains(name)) {
              add(headers, name, value);
            }
          });
    }
    return headers.build();
  }

  // AWS: the text is assumed.
  private static void add(Headers.Builder headers, String name, String value) {
    if (!Headers.isName(name) || !isValue(value)) {
      throw ServiceException.badRequest("Invalid header specified: " + name);
    }
    headers.add(name, value);
  }

  private static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f));
  }
}
