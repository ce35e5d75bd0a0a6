package io.portico.gateway.execute.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever clients and backends of HTTP APIs say, each failure is an answer of the gateway's, no
 * library's text leaves, and no value becomes a field or a line of its own.
 */
final class HostileHttpApiTrafficTest {
  private static final int CALLS = 2_000;
  private static final int MOST_BYTES = 50_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void eachFailureIsTheGatewaysAnswer(long seed) throws IOException {
    HostileText text = new HostileText(seed);
    HostileBackend backend = new HostileBackend(text);
    HttpHandler gateway =
        CaseGateway.of(HostileHttpApi.served(), backend, line -> checkLine(seed, line));
    Set<Integer> statuses = new TreeSet<>();
    for (int i = 0; i < CALLS; i++) {
      HttpRequest request = request(text);
      String call = "seed %d, call %d: %s %s".formatted(seed, i, request, request.headers());

      HttpResponse response = gateway.handle(request);
      byte[] body = response.body().readAll(MOST_BYTES);

      if (response.status() == 500) {
        assertThat(new String(body, StandardCharsets.UTF_8))
            .as(call)
            .isEqualTo("{\"message\":\"Internal Server Error\"}");
      }
      Told.check(call, response.headers(), body);
      for (UpstreamRequest sent : backend.sent()) {
        Told.checkSent(call, sent);
      }
      statuses.add(response.status());
    }
    assertThat(statuses).as("seed %d", seed).contains(200, 204, 400, 401, 403, 404, 500, 503);
  }

  private static void checkLine(long seed, String line) {
    String call = "seed %d".formatted(seed);
    assertThat(line.chars().noneMatch(c -> c == '\n' || c == '\r')).as(call + line).isTrue();
    Told.checkText(call, line);
  }

  private static HttpRequest request(HostileText text) {
    String path = text.one(HostileHttpApi.PATHS.toArray(String[]::new));
    if (text.once(5)) {
      path += "/" + text.ofTarget();
    }
    Headers.Builder headers = Headers.builder();
    if (!text.once(4)) {
      headers.add("Authorization", text.authorization());
    }
    for (int left = text.below(6); left > 0; left--) {
      headers.add(
          text.one(
              "Accept-Encoding",
              "Access-Control-Request-Headers",
              "Access-Control-Request-Method",
              "Authorization",
              "Connection",
              "Content-Type",
              "Cookie",
              "Forwarded",
              "Origin",
              "User-Agent",
              "Via",
              "X-Amz-Date",
              "X-Amz-Security-Token",
              "X-Amzn-Trace-Id",
              "X-Forwarded-For",
              "X-Hostile"),
          text.field());
    }
    return Requests.request(
        text.one("GET", "POST", "POST", "PUT", "HEAD", "OPTIONS", "TRACE", "ANY"),
        path + "?" + text.query("q", "q", "X-Amz-Algorithm", "X-Amz-Credential"),
        headers.build(),
        Body.of(text.body()));
  }
}
