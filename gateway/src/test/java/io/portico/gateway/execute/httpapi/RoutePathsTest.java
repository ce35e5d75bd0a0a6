package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.SeededPaths;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One view of one path: whatever is sent, the backend gets what was routed on. */
final class RoutePathsTest {
  private static final int REQUESTS = 50_000;

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void theBackendGetsThePathThatWasRoutedOn() throws IOException {
    long seed = System.nanoTime();
    SeededPaths paths = new SeededPaths(seed);
    HttpHandler gateway = gateway();
    for (int i = 0; i < REQUESTS; i++) {
      String path = paths.next();
      sent.clear();

      HttpResponse response = get(gateway, path);

      if (response.status() == 200) {
        String target = sent.getFirst().target();
        assertThat("/" + path.replaceFirst("^/+", "")).as("seed %d", seed).isEqualTo(target);
        assertThat(asALaxBackendReads(target))
            .as("seed %d, %s", seed, path)
            .doesNotMatch("/admin(/.*)?");
      } else {
        assertThat(response.status()).as("seed %d, %s", seed, path).isIn(400, 403);
        assertThat(sent).as("seed %d, %s", seed, path).isEmpty();
      }
    }
  }

  private static HttpResponse get(HttpHandler gateway, String path) throws IOException {
    return gateway.handle(
        CaseGateway.fromTheClient(
            "GET",
            path,
            "HTTP/1.1",
            Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
            Body.EMPTY));
  }

  private static String asALaxBackendReads(String target) {
    return target
        .replaceAll("(?i)%2f|%5c|%c0%af|\\\\", "/")
        .replaceAll(";[^/]*", "")
        .replaceAll("/+", "/");
  }

  /** Everything open but what is below /admin. */
  private HttpHandler gateway() {
    HttpCaseDefinition api = new HttpCaseDefinition();
    for (String closed : List.of("GET /admin", "ANY /admin/{proxy+}")) {
      assertThat(api.take("route " + closed, "{authorizationType: AWS_IAM}")).isTrue();
    }
    assertThat(api.take("route $default", "{}")).isTrue();
    assertThat(api.take("integration", "{integrationUri: 'http://backend.test'}")).isTrue();
    return CaseGateway.of(
        api.served(),
        request -> {
          sent.add(request);
          return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
        },
        line -> {});
  }
}
