package io.portico.bench;

import io.portico.bench.load.Latencies;
import io.portico.bench.load.Load;
import io.portico.bench.load.SerialLoad;
import io.portico.bench.peer.FunctionsApi;
import io.portico.bench.peer.NodeProgram;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.ServerlessOffline;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import io.portico.bench.process.Machine;
import io.portico.bench.report.FigureTable;
import io.portico.bench.report.LambdaTable;
import io.portico.bench.report.LatencyTable;
import io.portico.bench.report.LatencyTable.Way;
import io.portico.bench.report.PerformancePage;
import io.portico.bench.report.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures calls of an API that a Lambda function on Node.js answers with a constant: how much
 * later than from the function's own process, how many two cores carry, and what the first one
 * takes.
 */
final class LambdaRun {
  static final String NAME = "lambda";

  private static final double NANOS_A_MILLI = 1e6;

  /** Of these, the one with which a host answers most. */
  private static final List<Integer> CONNECTIONS = List.of(4, 8, 16, 32);

  private static final int CONNECTIONS_TO_WARM_UP = 16;
  private static final Duration TRIAL = Duration.ofSeconds(2);

  private final boolean quick;
  private final Workplace workplace;
  private final LambdaHosts hosts;

  private LambdaRun(boolean quick, Workplace workplace, LambdaHosts hosts) {
    this.quick = quick;
    this.workplace = workplace;
    this.hosts = hosts;
  }

  /** A host at full load, on so many connections. */
  private record Full(Running host, int connections) {}

  /** One call at a time, at a host or at the function itself. */
  private record Serial(String name, Function<Duration, Latencies> calls, Optional<Running> host) {}

  /** One stretch of single calls. */
  private record SerialWindow(String name, Latencies latencies, double disturbance)
      implements Rounds.Counted {
    @Override
    public String words() {
      return String.format(
          Locale.ROOT,
          "%-18s one call at a time: p50 %.3f ms, p99 %.3f ms, others %.0f %%",
          name,
          latencies.p50() / NANOS_A_MILLI,
          latencies.p99() / NANOS_A_MILLI,
          disturbance * 100);
    }
  }

  /**
   * Measures, and writes the section.
   *
   * @param quick whether less must do; then nothing is written
   */
  static void run(boolean quick) {
    Cores cores = Cores.shared();
    if (!cores.separable()) {
      throw new BenchFailure(cores.obstacle());
    }
    NodeProgram node =
        NodeProgram.installed()
            .orElseThrow(() -> new BenchFailure("Node.js is not installed: no node on the path"));
    try (Workplace workplace = Workplace.temporary(cores);
        LambdaHosts hosts = new LambdaHosts(workplace, node)) {
      new LambdaRun(quick, workplace, hosts).run(node);
    }
  }

  private void run(NodeProgram node) {
    Load load = FunctionsApi.calls(1).load(workplace.cores(), workplace.folder());
    List<Full> full = warm(load);
    Rounds<Full, LambdaWindow> loaded =
        rounds(one -> LambdaWindow.measure(one.host, load, one.connections, length()));
    loaded.measure(full);
    List<Serial> serial = serial();
    Rounds<Serial, SerialWindow> single = rounds(this::window);
    single.warmUp(1, serial);
    single.measure(serial);
    if (loaded.size() == 0 || single.size() == 0) {
      throw Lineup.tooBusy();
    }
    ColdStarts cold = ColdStarts.measure(hosts.portico(), node, workplace.cores());
    String content =
        latencies(serial, single)
            + "\n"
            + LambdaTable.markdown(carried(full, loaded), ServerlessOffline.NAME)
            + "\n"
            + FigureTable.markdown(cold.figures())
            + "\n"
            + circumstances(node, load, loaded, single);
    PerformancePage.of(workplace.repository())
        .publish(NAME, content, obstacle(loaded.complete() && single.complete()));
  }

  private <C, W extends Rounds.Counted> Rounds<C, W> rounds(Function<C, W> window) {
    return new Rounds<>(quick ? 3 : 8, window, System.out::println);
  }

  /** Of one window. */
  private Duration length() {
    return Duration.ofSeconds(quick ? 2 : 4);
  }

  private Optional<String> obstacle(boolean complete) {
    if (quick) {
      return Optional.of("a quick run");
    }
    if (!hosts.havePeer()) {
      return Optional.of("nothing to compare with, as " + ServerlessOffline.NAME + " is not there");
    }
    return complete ? Optional.empty() : Optional.of("too few rounds were free of other work");
  }

  // --- At full load

  /** Warms the hosts up, and finds on how many connections each of them answers most. */
  private List<Full> warm(Load load) {
    Rounds<Running, LambdaWindow> warming =
        rounds(host -> LambdaWindow.measure(host, load, CONNECTIONS_TO_WARM_UP, length()));
    warming.warmUp(quick ? 2 : 4, hosts.running());
    return hosts.running().stream().map(host -> saturated(host, load)).toList();
  }

  private static Full saturated(Running host, Load load) {
    record Trial(int connections, LambdaWindow window) {}
    Trial best =
        CONNECTIONS.stream()
            .map(count -> new Trial(count, LambdaWindow.measure(host, load, count, TRIAL)))
            .peek(
                trial ->
                    System.out.println(trial.connections + " connections: " + trial.window.words()))
            .max(Comparator.comparingDouble(trial -> trial.window.callsPerSecond()))
            .orElseThrow();
    return new Full(host, best.connections);
  }

  private static List<LambdaTable.Host> carried(
      List<Full> full, Rounds<Full, LambdaWindow> rounds) {
    return IntStream.range(0, full.size())
        .mapToObj(i -> carried(full.get(i), rounds.of(i)))
        .toList();
  }

  private static LambdaTable.Host carried(Full full, List<LambdaWindow> windows) {
    return new LambdaTable.Host(
        full.host.name(),
        full.host.version(),
        series(windows, LambdaWindow::callsPerSecond),
        series(windows, LambdaWindow::serverShare),
        series(windows, LambdaWindow::functionsShare),
        series(windows, LambdaWindow::loadShare),
        full.connections,
        full.host.greatestMemory());
  }

  private static Series series(List<LambdaWindow> windows, ToDoubleFunction<LambdaWindow> figure) {
    return new Series(windows.stream().map(figure::applyAsDouble).toList());
  }

  // --- One call at a time

  private List<Serial> serial() {
    Cores cores = workplace.cores();
    SerialLoad load = FunctionsApi.calls(1).serial(cores, workplace.folder());
    List<Serial> serial = new ArrayList<>();
    serial.add(
        new Serial(
            "the function alone",
            length -> hosts.alone().run(cores, workplace.folder(), length),
            Optional.empty()));
    hosts
        .running()
        .forEach(
            host ->
                serial.add(
                    new Serial(
                        host.name() + " " + host.version(),
                        length -> load.run(host.target(), length),
                        Optional.of(host))));
    return serial;
  }

  private SerialWindow window(Serial serial) {
    long begin = System.nanoTime();
    CpuUse before = CpuUse.now(serial.host);
    Latencies latencies = serial.calls.apply(length());
    CpuUse used = CpuUse.now(serial.host).since(before);
    if (latencies.failed() > 0 || latencies.answers() == 0) {
      throw new BenchFailure(
          "%s: %d of %d calls failed"
              .formatted(serial.name, latencies.failed(), latencies.answers()));
    }
    return new SerialWindow(
        serial.name, latencies, (double) used.others().toNanos() / (System.nanoTime() - begin));
  }

  private static String latencies(List<Serial> serial, Rounds<Serial, SerialWindow> rounds) {
    List<Way> ways =
        IntStream.range(0, serial.size())
            .mapToObj(i -> way(serial.get(i).name, rounds.of(i)))
            .toList();
    return LatencyTable.markdown(ways.getFirst(), ways.subList(1, ways.size()));
  }

  private static Way way(String name, List<SerialWindow> windows) {
    return new Way(
        name,
        millis(windows, Latencies::p50),
        millis(windows, Latencies::p99),
        millis(windows, Latencies::p999));
  }

  private static Series millis(List<SerialWindow> windows, ToLongFunction<Latencies> nanos) {
    return new Series(
        windows.stream()
            .map(window -> nanos.applyAsLong(window.latencies) / NANOS_A_MILLI)
            .toList());
  }

  private static String circumstances(
      NodeProgram node, Load load, Rounds<?, ?> loaded, Rounds<?, ?> single) {
    return String.format(
        Locale.ROOT,
        "%s Node.js %s. %d rounds of full load by %s and %d of single calls (%d more not counted, as"
            + " something else used the cores); two cores for all.%n",
        Machine.here().measured(),
        node.version(),
        loaded.size(),
        load.name(),
        single.size(),
        Stream.of(loaded, single).mapToInt(Rounds::discarded).sum());
  }
}
