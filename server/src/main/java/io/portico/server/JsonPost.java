package io.portico.server;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts JSON to whoever is to hear of something, and waits for his answer. */
final class JsonPost {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long MOST_ANSWER = 1L << 20;

  private JsonPost() {}

  /** What was answered. */
  record Answer(int status, Headers headers, String body) {}

  /**
   * Posts to a URL, its path included.
   *
   * @param more header fields beside the content's, values by name
   * @return the status of the answer
   * @throws IOException if there is none within ten seconds
   */
  static int send(Upstream upstream, EndpointUrl url, Map<String, String> more, Body json)
      throws IOException {
    return post(upstream, url, more, json).status();
  }

  /** The same, for the whole answer: up to a megabyte. */
  static Answer post(Upstream upstream, EndpointUrl url, Map<String, String> more, Body json)
      throws IOException {
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
    UpstreamResponse response =
        upstream.send(
            new UpstreamRequest(
                "POST",
                url.origin(),
                url.prefix().isEmpty() ? "/" : url.prefix(),
                fields(more),
                json,
                TIMEOUT));
    byte[] body = response.body().readAll(MOST_ANSWER, deadlineNanos);
    return new Answer(
        response.status(), response.headers(), new String(body, StandardCharsets.UTF_8));
  }

  private static Headers fields(Map<String, String> more) {
    Headers.Builder fields = Headers.builder().add("Content-Type", "application/json");
    more.forEach((name, value) -> fields.add(name, FieldText.octets(value)));
    return fields.build();
  }
}
