package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The route that is selected is the best of all that match, compared one by one. */
final class RouteSelectionTest {
  private static final int APIS = 300;
  private static final int REQUESTS = 60;
  private static final List<String> SEGMENTS = List.of("a", "b", "c");
  private static final List<String> METHODS = List.of("GET", "POST", "ANY");

  private final RouteSelection selection = new RouteSelection();
  private final Invocations invocations =
      new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD);

  @Test
  void selectsTheBestOfAllThatMatch() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < APIS; i++) {
      Set<String> routes = routes(random);
      GatewaySnapshot served = served(routes);
      HttpStage stage =
          (HttpStage) Objects.requireNonNull(served.served(CaseApi.ID, HttpStage.DEFAULT));
      for (int j = 0; j < REQUESTS; j++) {
        String method = METHODS.get(random.nextInt(2));
        String path = path(random);

        RouteMatch match = select(method, path, stage, served);

        assertThat(match == null ? null : match.route().routeKey())
            .as("seed %d: %s %s among %s", seed, method, path, routes)
            .isEqualTo(best(method, path, routes));
      }
    }
  }

  private @Nullable RouteMatch select(
      String method, String path, HttpStage stage, GatewaySnapshot served) throws IOException {
    HttpRequest request =
        CaseGateway.fromTheClient(
            method,
            "/$default" + path,
            "HTTP/1.1",
            Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
            Body.EMPTY);
    ApiAddress address = Objects.requireNonNull(ApiAddress.of(request));
    return selection.select(invocations.beginHttp(request, address, stage, served), stage);
  }

  private static GatewaySnapshot served(Set<String> routes) {
    HttpCaseDefinition api = new HttpCaseDefinition();
    routes.forEach(key -> assertThat(api.take("route " + key, "{}")).isTrue());
    return api.served();
  }

  private static Set<String> routes(Random random) {
    Set<String> keys = new TreeSet<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      StringBuilder path = new StringBuilder();
      int depth = random.nextInt(4);
      for (int j = 0; j < depth; j++) {
        path.append('/')
            .append(
                random.nextInt(3) == 0
                    ? "{v" + j + "}"
                    : SEGMENTS.get(random.nextInt(SEGMENTS.size())));
      }
      if (random.nextInt(4) == 0) {
        path.append("/{rest+}");
      }
      keys.add(METHODS.get(random.nextInt(METHODS.size())) + " " + (path.isEmpty() ? "/" : path));
    }
    if (random.nextInt(3) == 0) {
      keys.add("$default");
    }
    return keys;
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder();
    int depth = random.nextInt(5);
    for (int i = 0; i < depth; i++) {
      path.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** A route that matches, and how well: what is smaller is better. */
  private record Candidate(String key, boolean greedy, List<Integer> ranks, boolean any) {}

  private static @Nullable String best(String method, String path, Set<String> routes) {
    List<Candidate> candidates = new ArrayList<>();
    for (String key : routes) {
      Candidate candidate = key.equals("$default") ? null : candidate(method, path, key);
      if (candidate != null) {
        candidates.add(candidate);
      }
    }
    return candidates.stream()
        .min(
            Comparator.comparing(Candidate::greedy)
                .thenComparing(candidate -> candidate.ranks().toString())
                .thenComparing(Candidate::any))
        .map(Candidate::key)
        .orElse(routes.contains("$default") ? "$default" : null);
  }

  private static @Nullable Candidate candidate(String method, String path, String key) {
    String[] parts = key.split(" ", 2);
    if (!parts[0].equals(method) && !parts[0].equals("ANY")) {
      return null;
    }
    List<String> wanted = segments(parts[1]);
    List<String> given = segments(path);
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String segment = wanted.get(i);
      if (i >= given.size()) {
        return null;
      }
      if (segment.endsWith("+}")) {
        ranks.add(2);
        return new Candidate(key, true, ranks, parts[0].equals("ANY"));
      }
      if (segment.startsWith("{")) {
        ranks.add(1);
      } else if (segment.equals(given.get(i))) {
        ranks.add(0);
      } else {
        return null;
      }
    }
    return wanted.size() == given.size()
        ? new Candidate(key, false, ranks, parts[0].equals("ANY"))
        : null;
  }

  private static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }
}
