package io.portico.bench.configuration;

import io.portico.bench.footprint.FootprintCase;
import io.portico.bench.load.Call;
import io.portico.bench.load.Latencies;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.peer.Api;
import io.portico.bench.peer.ControlPlane;
import io.portico.bench.peer.ImportedApi;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two thousand APIs of three hundred resources each on one durable server: how fast they are
 * written and listed, how long an import of 5 MB takes, and what calls of an API notice of it.
 */
public final class ConfigurationScale extends FootprintCase {
  private static final int APIS = 2_000;
  private static final int RESOURCES = 300;
  private static final int LARGE = 5 * 1024 * 1024;
  private static final int WRITES = 2_000;
  private static final int IMPORTS = 5;
  private static final int PAGE = 500;
  private static final int ROUNDS = 3;
  private static final Duration WINDOW = Duration.ofSeconds(8);
  private static final double NANOS_A_MILLI = 1e6;
  private static final Pattern POSITION = Pattern.compile("\"position\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([a-z0-9]+)\"");

  private final PorticoProgram program = new PorticoProgram();
  private final List<Figure> figures = new ArrayList<>();

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    figures.clear();
    int apis = quick ? APIS / 20 : APIS;
    try (Child server = start(workplace)) {
      int port = Integer.parseInt(server.awaitLine(PorticoProgram.READY).group(1));
      try (ControlPlane controlPlane = new ControlPlane(port)) {
        String served =
            ImportedApi.regional("portico-mock.json").deploy(controlPlane, workplace, port);
        fill(controlPlane, apis);
        list(controlPlane, apis);
        String large = Definitions.ofBytes(LARGE);
        importLarge(controlPlane, "JSON", large);
        importLarge(controlPlane, "YAML", Definitions.yamlOfBytes(LARGE));
        write(controlPlane, quick ? WRITES / 10 : WRITES);
        disturb(workplace, controlPlane, port, served, large, quick);
      } catch (IOException e) {
        throw new BenchFailure("a call failed: " + e.getMessage(), e);
      }
    }
    return List.copyOf(figures);
  }

  private Child start(Workplace workplace) {
    return Child.start(
        "Portico",
        workplace.folder(),
        program.command(
            "serve", "--port", "0", "--data", workplace.folder().resolve("data").toString()),
        Map.of());
  }

  private void figure(String what, String measured) {
    System.out.println(what + ": " + measured);
    figures.add(new Figure(what, measured));
  }

  private void fill(ControlPlane controlPlane, int apis) throws IOException {
    String definition = Definitions.ofResources(RESOURCES);
    Calls imports = new Calls(apis);
    while (!imports.isFull()) {
      imports.make(() -> importApi(controlPlane, definition));
    }
    figure(
        String.format(
            Locale.ROOT, "imports of %,d APIs of %d resources each, a second", apis, RESOURCES),
        imports.words());
  }

  private static String importApi(ControlPlane controlPlane, String definition) throws IOException {
    return ControlPlane.id(controlPlane.call("POST", "/restapis?mode=import", definition));
  }

  private void list(ControlPlane controlPlane, int apis) throws IOException {
    long begin = System.nanoTime();
    List<String> first = ids(controlPlane, "/restapis?limit=" + PAGE);
    long nanos = System.nanoTime() - begin;
    if (first.size() < apis || !first.equals(ids(controlPlane, "/restapis?limit=" + PAGE))) {
      throw new BenchFailure("the lists differ, or are not whole: " + first.size());
    }
    figure(
        "GetRestApis of them all, " + PAGE + " a page; twice, in the same order",
        String.format(Locale.ROOT, "%.0f ms", nanos / NANOS_A_MILLI));
    Calls lists = new Calls(WRITES / 10);
    for (int i = 0; !lists.isFull(); i++) {
      String api = first.get(i * 7 % first.size());
      lists.make(() -> controlPlane.call("GET", "/restapis/" + api + "/resources?limit=500", ""));
    }
    figure("GetResources of one of them, all in a page, a second", lists.words());
  }

  /** The ids of all pages. */
  private static List<String> ids(ControlPlane controlPlane, String path) throws IOException {
    List<String> ids = new ArrayList<>();
    String position = "";
    do {
      String page = controlPlane.call("GET", path + position, "");
      Matcher id = ID.matcher(page);
      while (id.find()) {
        ids.add(id.group(1));
      }
      Matcher next = POSITION.matcher(page);
      position = next.find() ? "&position=" + next.group(1) : "";
    } while (!position.isEmpty());
    return ids;
  }

  private void importLarge(ControlPlane controlPlane, String format, String large)
      throws IOException {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < IMPORTS; i++) {
      long begin = System.nanoTime();
      String api = importApi(controlPlane, large);
      seconds.add((System.nanoTime() - begin) / 1e9);
      controlPlane.call("DELETE", "/restapis/" + api, "");
    }
    Series series = new Series(seconds);
    figure(
        String.format(
            Locale.ROOT,
            "import of %.1f MB of %s, %d times: median (greatest)",
            large.length() / 1024.0 / 1024,
            format,
            IMPORTS),
        String.format(Locale.ROOT, "%.2f s (%.2f s)", series.median(), series.greatest()));
  }

  private void write(ControlPlane controlPlane, int writes) throws IOException {
    Resources resources = new Resources(controlPlane);
    Calls calls = new Calls(writes);
    while (!calls.isFull()) {
      calls.make(resources::create);
    }
    figure(
        "CreateResource by one client, on the disk before it is answered, a second", calls.words());
  }

  private void disturb(
      Workplace workplace,
      ControlPlane controlPlane,
      int port,
      String served,
      String large,
      boolean quick) {
    Target target =
        new Target(Scheme.HTTP, port, served + ".execute-api.us-east-1.localhost", "/" + Api.STAGE);
    Requests requests =
        new Requests(1, Scheme.HTTP, List.of(Call.of("/items/42")), Pattern.compile(".*"));
    Disturbance disturbance =
        new Disturbance(
            requests.paced(workplace.cores(), workplace.folder()),
            target,
            quick ? WINDOW.dividedBy(4) : WINDOW);
    int rounds = quick ? 1 : ROUNDS;
    Resources resources = new Resources(controlPlane);
    Disturbance.Measured writing = disturbance.measure(rounds, resources::create);
    latencies("nothing is changed", writing.quiet());
    latencies("a client writes (" + writing.changes() + " writes)", writing.changing());
    added("a client writes", writing);
    Disturbance.Measured importing =
        disturbance.measure(
            rounds,
            () -> {
              String api = importApi(controlPlane, large);
              controlPlane.call("DELETE", "/restapis/" + api, "");
            });
    latencies("nothing is changed, again", importing.quiet());
    latencies(
        "a client imports 5 MB over and over (" + importing.changes() + " imports)",
        importing.changing());
    added("a client imports 5 MB over and over", importing);
  }

  private void added(String meanwhile, Disturbance.Measured measured) {
    figure(
        "added to p99 of these calls while " + meanwhile,
        String.format(
            Locale.ROOT,
            "%.2f ms",
            median(measured.changing(), Latencies::p99)
                - median(measured.quiet(), Latencies::p99)));
  }

  private void latencies(String meanwhile, List<Latencies> rounds) {
    figure(
        "calls of an API, 1,000 a second, while " + meanwhile,
        String.format(
            Locale.ROOT,
            "p50 %.3f ms, p99 %.2f ms, p99.9 %.2f ms",
            median(rounds, Latencies::p50),
            median(rounds, Latencies::p99),
            median(rounds, Latencies::p999)));
  }

  private static double median(List<Latencies> rounds, ToLongFunction<Latencies> nanos) {
    return new Series(
            rounds.stream().map(round -> nanos.applyAsLong(round) / NANOS_A_MILLI).toList())
        .median();
  }

  /** Resources below the root of APIs of their own, as many as AWS takes in each. */
  private static final class Resources {
    private final ControlPlane controlPlane;
    private String api = "";
    private String root = "";
    private int made = RESOURCES;

    Resources(ControlPlane controlPlane) {
      this.controlPlane = controlPlane;
    }

    void create() throws IOException {
      if (made == RESOURCES) {
        api = ControlPlane.id(controlPlane.call("POST", "/restapis", "{\"name\": \"written\"}"));
        root = ControlPlane.id(controlPlane.call("GET", "/restapis/" + api + "/resources", ""));
        made = 1;
      }
      controlPlane.call(
          "POST",
          "/restapis/" + api + "/resources/" + root,
          "{\"pathPart\": \"part" + made++ + "\"}");
    }
  }
}
