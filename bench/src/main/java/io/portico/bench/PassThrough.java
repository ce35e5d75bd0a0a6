package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.load.RawBackend;
import io.portico.bench.load.RawLoad;
import io.portico.bench.load.Wrk;
import io.portico.bench.peer.Haproxy;
import io.portico.bench.peer.Nginx;
import io.portico.bench.peer.Peer;
import io.portico.bench.peer.PorticoServer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import io.portico.bench.process.Machine;
import io.portico.bench.report.Measured;
import io.portico.bench.report.PerformancePage;
import io.portico.bench.report.ResultTable;
import io.portico.bench.report.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a gateway costs that adds nothing: one HTTP_PROXY API, 1 KB answers, keep-alive connections,
 * beside its peers.
 *
 * <p>All gateways are up at once on the same core and are measured in turns, round after round, so
 * that each ratio compares two windows that met the same state of the machine.
 */
final class PassThrough {
  private static final int CONNECTIONS = 64;
  private static final String BASELINE = "nginx";

  private final boolean quick;

  PassThrough(boolean quick) {
    this.quick = quick;
  }

  void run() {
    Cores cores = new Cores();
    if (!cores.separable()) {
      throw new BenchFailure(cores.obstacle());
    }
    Path folder = temporaryFolder();
    try {
      run(new Workplace(Repository.root(), folder, cores));
    } finally {
      delete(folder);
    }
  }

  private void run(Workplace workplace) {
    Load load =
        Wrk.installed(workplace.cores(), workplace.folder())
            .orElseGet(() -> new RawLoad(workplace.cores(), workplace.folder()));
    List<Running> gateways = new ArrayList<>();
    try (Backend backend = Backend.start(workplace.cores(), workplace.folder())) {
      for (Peer peer : List.of(new PorticoServer(), new Nginx(), new Haproxy())) {
        peer.missing()
            .ifPresentOrElse(
                reason -> progress("left out: " + reason),
                () -> gateways.add(started(peer, workplace, backend)));
      }
      report(workplace, load, measure(gateways, load));
    } finally {
      gateways.forEach(Running::close);
    }
  }

  private static Running started(Peer peer, Workplace workplace, Backend backend) {
    Running gateway = peer.start(workplace, backend.port());
    FirstAnswer.check(gateway.target(), RawBackend.BODY_BYTES);
    progress(gateway.name() + " " + gateway.version() + " is up");
    return gateway;
  }

  private List<Measured> measure(List<Running> gateways, Load load) {
    int rounds = quick ? 4 : 12;
    Duration length = Duration.ofSeconds(quick ? 3 : 5);
    Duration warmUp = Duration.ofSeconds(quick ? 8 : 25);
    List<List<Window>> windows =
        gateways.stream().<List<Window>>map(g -> new ArrayList<>()).toList();
    for (Running gateway : gateways) {
      progress("warming up " + gateway.name() + " for " + warmUp.toSeconds() + " s");
      Window.measure(gateway.process().pid(), gateway.target(), load, CONNECTIONS, warmUp);
    }
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < gateways.size(); i++) {
        Running gateway = gateways.get(i);
        Window window =
            Window.measure(gateway.process().pid(), gateway.target(), load, CONNECTIONS, length);
        windows.get(i).add(window);
        progress(
            String.format(
                Locale.ROOT,
                "round %d of %d: %-8s %5.1f µs %,8.0f requests a second, core %.0f %% busy",
                round,
                rounds,
                gateway.name(),
                window.cpuMicrosPerRequest(),
                window.requestsPerSecond(),
                window.busy() * 100));
      }
    }
    return Stream.iterate(0, i -> i + 1)
        .limit(gateways.size())
        .map(i -> measured(gateways.get(i), windows.get(i)))
        .toList();
  }

  private static Measured measured(Running gateway, List<Window> windows) {
    return new Measured(
        gateway.name(),
        gateway.version(),
        series(windows, Window::cpuMicrosPerRequest),
        series(windows, Window::requestsPerSecond),
        series(windows, Window::busy));
  }

  private static Series series(List<Window> windows, ToDoubleFunction<Window> quantity) {
    return new Series(windows.stream().map(quantity::applyAsDouble).toList());
  }

  private void report(Workplace workplace, Load load, List<Measured> rows) {
    String table = ResultTable.markdown(rows, BASELINE);
    System.out.println();
    System.out.println(table);
    boolean comparable = rows.stream().anyMatch(row -> row.name().equals(BASELINE));
    if (quick || !comparable) {
      progress("docs/performance.md is left as it is: " + (quick ? "a quick run" : "no baseline"));
      return;
    }
    new PerformancePage(workplace.repository().resolve("docs/performance.md"))
        .replace("pass-through", table + "\n" + circumstances(load, rows));
    progress("docs/performance.md is written");
  }

  private static String circumstances(Load load, List<Measured> rows) {
    Machine machine = Machine.here();
    return String.format(
        Locale.ROOT,
        "Measured %s on %s (%d cores), %s, %s. %d rounds; %d keep-alive connections by %s; gateway on one"
            + " core, load generator and backend on another.%n",
        LocalDate.now(ZoneOffset.UTC),
        machine.processor(),
        machine.cores(),
        machine.kernel(),
        machine.jdk(),
        rows.getFirst().cpuMicros().values().size(),
        CONNECTIONS,
        load.name());
  }

  private static void progress(String line) {
    System.out.println(line);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("portico-bench");
    } catch (IOException e) {
      throw new BenchFailure("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      progress("left behind: " + folder + " (" + e.getMessage() + ")");
    }
  }
}
