package io.portico.transport.support;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;

/** Answers for handlers of tests. */
public final class Answers {
  private Answers() {}

  public static HttpResponse text(int status, String text) {
    return new HttpResponse(status, Headers.of("Content-Type", "text/plain"), Body.of(text));
  }

  public static HttpResponse bytes(byte[] bytes) {
    return new HttpResponse(200, Headers.empty(), Body.of(bytes));
  }

  public static HttpResponse text(String text) {
    return text(200, text);
  }
}
