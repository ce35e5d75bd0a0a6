package io.portico.bench.footprint;

import io.portico.bench.peer.Api;
import io.portico.bench.peer.ControlPlane;
import io.portico.bench.peer.Crowd;
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
  private static final int CHANGES = 100;

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
        List<String> ids = Crowd.create(controlPlane, apis);
        long full = Heap.live(server.pid());
        figures.add(
            new Figure(
                String.format(
                    Locale.ROOT, "heap an API, of %,d APIs of %d methods", apis, Crowd.METHODS),
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

  private static Series change(ControlPlane controlPlane, List<String> apis) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String api = apis.get(i * (apis.size() / CHANGES));
      String patch =
          "{\"patchOperations\": [{\"op\": \"replace\", \"path\": \"/variables/change\", \"value\": \""
              + i
              + "\"}]}";
      long start = System.nanoTime();
      controlPlane.call("PATCH", "/restapis/" + api + "/stages/" + Api.STAGE, patch);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return new Series(millis);
  }
}
