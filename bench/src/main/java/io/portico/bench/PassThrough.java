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
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a gateway costs that adds nothing: one HTTP_PROXY API, 1 KB answers, keep-alive connections,
 * beside its peers.
 *
 * <p>All gateways are up at once on the same core and are measured in turns, round after round, so
 * that each ratio compares two windows that met the same state of the machine.
 */
final class PassThrough {
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
      Rounds rounds =
          new Rounds(quick ? 4 : 12, Duration.ofSeconds(quick ? 3 : 5), PassThrough::progress);
      rounds.warmUp(quick ? 4 : 6, gateways, backend, load);
      rounds.measure(gateways, backend, load);
      report(workplace, load, gateways, rounds);
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

  private void report(Workplace workplace, Load load, List<Running> gateways, Rounds rounds) {
    if (rounds.size() == 0) {
      throw new BenchFailure("the machine is too busy: no round was free of other work");
    }
    List<Measured> rows =
        IntStream.range(0, gateways.size())
            .mapToObj(i -> measured(gateways.get(i), rounds.of(i)))
            .toList();
    String table = ResultTable.markdown(rows, BASELINE);
    String circumstances = circumstances(load, rounds);
    progress("");
    progress(table + "\n" + circumstances);
    Optional<String> obstacle = obstacle(rows, rounds);
    if (obstacle.isPresent()) {
      progress("docs/performance.md is left as it is: " + obstacle.get());
      return;
    }
    new PerformancePage(workplace.repository().resolve("docs/performance.md"))
        .replace("pass-through", table + "\n" + circumstances);
    progress("docs/performance.md is written");
  }

  /** Why these numbers are not worth keeping, if they are not. */
  private Optional<String> obstacle(List<Measured> rows, Rounds rounds) {
    if (quick) {
      return Optional.of("a quick run");
    }
    if (rows.stream().noneMatch(row -> row.name().equals(BASELINE))) {
      return Optional.of("nothing to compare with, as " + BASELINE + " was not measured");
    }
    return rounds.complete()
        ? Optional.empty()
        : Optional.of("only " + rounds.size() + " rounds were free of other work");
  }

  private static String circumstances(Load load, Rounds rounds) {
    Machine machine = Machine.here();
    return String.format(
        Locale.ROOT,
        "Measured %s on %s (%d cores), %s, %s. %d rounds (%d more not counted,"
            + " as something else used the cores); %d keep-alive connections by %s; gateway on one core,"
            + " load generator and backend on another.%n",
        LocalDate.now(ZoneOffset.UTC),
        machine.processor(),
        machine.cores(),
        machine.kernel(),
        machine.jdk(),
        rounds.size(),
        rounds.discarded(),
        Rounds.connections(),
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
