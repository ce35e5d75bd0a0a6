package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.SeededPaths;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One view of one path: whatever is sent, the backend gets what was routed on. */
final class RoutingPropertiesTest {
  private static final int REQUESTS = 50_000;

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void theBackendGetsThePathThatWasRoutedOn() {
    long seed = System.nanoTime();
    SeededPaths paths = new SeededPaths(seed);
    DataPlane gateway = gateway();
    for (int i = 0; i < REQUESTS; i++) {
      String path = paths.next();
      sent.clear();

      HttpResponse response = gateway.handle(Requests.get(path));

      if (response.status() == 200) {
        String target = sent.getFirst().target();
        assertThat("/" + path.replaceFirst("^/+", ""))
            .as("seed %d", seed)
            .isIn(target, target + "/");
        assertThat(asALaxBackendReads(target))
            .as("seed %d, %s", seed, path)
            .doesNotMatch("/admin(/.*)?");
      } else {
        assertThat(response.status()).as("seed %d, %s", seed, path).isIn(400, 401, 403);
        assertThat(sent).as("seed %d, %s", seed, path).isEmpty();
      }
    }
  }

  private static String asALaxBackendReads(String target) {
    return target
        .replaceAll("(?i)%2f|%5c|%c0%af|\\\\", "/")
        .replaceAll(";[^/]*", "")
        .replaceAll("/+", "/");
  }

  /** Everything open but what is below /admin. */
  private DataPlane gateway() {
    CaseApi api = new CaseApi();
    api.authorizers("{a: {}}");
    for (String closed : List.of("/admin", "/admin/{proxy+}")) {
      api.method("GET", closed, "{authorizationType: CUSTOM, authorizerId: a}");
    }
    api.method("GET", "/{proxy+}", "{}");
    api.integration(
        """
        type: HTTP_PROXY
        uri: http://backend.test/{proxy}
        requestParameters: {integration.request.path.proxy: method.request.path.proxy}
        """);
    return TestGateway.of(
        api,
        request -> {
          sent.add(request);
          return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
        });
  }
}
