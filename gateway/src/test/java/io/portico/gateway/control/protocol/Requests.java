package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Requests as a listener hands them on. */
final class Requests {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);

  private Requests() {}

  static HttpRequest request(String method, String target, String body, String... headers) {
    return request(method, target, Body.of(body), Headers.of(headers));
  }

  static HttpRequest request(String method, String target, Body body, Headers headers) {
    return new HttpRequest(
        method,
        target,
        "HTTP/1.1",
        headers,
        body,
        new ClientConnection(LOOPBACK, LOOPBACK, null),
        0);
  }

  /** An {@code Authorization} field with a credential scope, and a signature of nothing. */
  static String authorization(String accessKeyId, String region, String service) {
    return "AWS4-HMAC-SHA256 Credential=%s/20260102/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=abcdef"
        .formatted(accessKeyId, region, service);
  }
}
