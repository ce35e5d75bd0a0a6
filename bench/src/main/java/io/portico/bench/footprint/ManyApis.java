package io.portico.bench.footprint;

import io.portico.bench.peer.ControlPlane;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Heap;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ten thousand APIs of twenty methods each on one durable server. */
public final class ManyApis extends FootprintCase {
  private static final int APIS = 10_000;
  private static final int PATHS = 10;
  private static final int CHANGES = 100;
  private static final String STAGE = "bench";

  private final PorticoProgram program = new PorticoProgram();

  @Override
  public String name() {
    return "many-apis";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    int apis = quick ? APIS / 10 : APIS;
    List<Figure> figures = new ArrayList<>();
    try (Child server = start(workplace)) {
      int port = port(server);
      long empty = Heap.live(server.pid());
      try (ControlPlane controlPlane = new ControlPlane(port)) {
        List<String> ids = create(controlPlane, apis);
        long full = Heap.live(server.pid());
        figures.add(
            new Figure(
                String.format(
                    Locale.ROOT, "heap an API, of %,d APIs of %d methods", apis, 2 * PATHS),
                String.format(Locale.ROOT, "%.1f KB", (full - empty) / 1024.0 / apis)));
        Series changes = change(controlPlane, ids);
        figures.add(
            new Figure(
                "UpdateStage among them, " + CHANGES + " calls: median (greatest)",
                String.format(
                    Locale.ROOT, "%.1f ms (%.1f ms)", changes.median(), changes.greatest())));
      } catch (IOException e) {
        throw new BenchFailure("a call failed: " + e.getMessage(), e);
      }
    }
    long start = System.nanoTime();
    try (Child server = start(workplace)) {
      port(server);
      figures.add(
          new Figure(
              "start with all of them, until it is ready",
              String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - start) / 1e9)));
    }
    return figures;
  }

  private Child start(Workplace workplace) {
    return Child.start(
        "Portico",
        workplace.folder(),
        program.command(
            "serve", "--port", "0", "--data", workplace.folder().resolve("data").toString()),
        Map.of());
  }

  private static int port(Child server) {
    return Integer.parseInt(server.awaitLine(PorticoProgram.READY).group(1));
  }

  private static List<String> create(ControlPlane controlPlane, int apis) throws IOException {
    String definition = definition();
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= apis; i++) {
      String api = ControlPlane.id(controlPlane.call("POST", "/restapis?mode=import", definition));
      controlPlane.createDeployment(api, STAGE);
      ids.add(api);
      if (i % 1000 == 0) {
        System.out.printf(Locale.ROOT, "many-apis: %,d of %,d%n", i, apis);
      }
    }
    return ids;
  }

  private static Series change(ControlPlane controlPlane, List<String> apis) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String api = apis.get(i * (apis.size() / CHANGES));
      String patch =
          "{\"patchOperations\": [{\"op\": \"replace\", \"path\": \"/variables/change\", \"value\": \""
              + i
              + "\"}]}";
      long start = System.nanoTime();
      controlPlane.call("PATCH", "/restapis/" + api + "/stages/" + STAGE, patch);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return new Series(millis);
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
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < PATHS; i++) {
      paths.add(
          "\"/things" + i + "/{id}\": {\"get\": " + operation + ", \"post\": " + operation + "}");
    }
    return "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"one of many\", \"version\": \"1\"}, \"paths\": {"
        + String.join(", ", paths)
        + "}}";
  }
}
