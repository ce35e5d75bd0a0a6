package io.portico.bench.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Very many APIs of twenty methods each, on one server. */
public final class Crowd {
  private static final int PATHS = 10;

  /** How many methods each has. */
  public static final int METHODS = 2 * PATHS;

  private static final int STEP = 1000;

  private Crowd() {}

  /**
   * Makes and deploys them.
   *
   * @return their ids
   * @throws IOException if an answer does not come
   */
  public static List<String> create(ControlPlane controlPlane, int apis) throws IOException {
    String definition = definition();
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= apis; i++) {
      String api = ControlPlane.id(controlPlane.call("POST", "/restapis?mode=import", definition));
      controlPlane.createDeployment(api, Api.STAGE);
      ids.add(api);
      if (i % STEP == 0) {
        System.out.printf(Locale.ROOT, "APIs: %,d of %,d%n", i, apis);
      }
    }
    return ids;
  }

  /** Paths with a variable, each with two methods that are proxies. */
  private static String definition() {
    String operation =
        """
        {
          "responses": {"200": {"description": "an answer"}},
          "x-amazon-apigateway-integration": {
            "type": "http_proxy", "httpMethod": "GET", "uri": "http://127.0.0.1:9/thing"
          }
        }""";
    String methods = "{\"get\": " + operation + ", \"post\": " + operation + "}";
    String paths =
        IntStream.range(0, PATHS)
            .mapToObj(i -> "\"/things" + i + "/{id}\": " + methods)
            .collect(Collectors.joining(", "));
    return "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"one of many\", \"version\": \"1\"},"
        + " \"paths\": {"
        + paths
        + "}}";
  }
}
