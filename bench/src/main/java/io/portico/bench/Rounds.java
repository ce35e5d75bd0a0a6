package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.peer.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Windows of several gateways in turns, round after round. A round during which anything else on
 * the machine used the run's cores is not counted and another takes its place, within bounds.
 */
final class Rounds {
  /** As a share of one core; an idle machine is well below it. */
  private static final double MOST_DISTURBANCE = 0.10;

  private final int wanted;
  private final Duration length;
  private final int connections;
  private final Consumer<String> progress;
  private final List<List<Window>> counted = new ArrayList<>();
  private int discarded;

  Rounds(int wanted, Duration length, int connections, Consumer<String> progress) {
    this.wanted = wanted;
    this.length = length;
    this.connections = connections;
    this.progress = progress;
  }

  /**
   * Rounds that nobody counts, as a JVM compiles meanwhile. In turns as later: what happens when
   * connections come and go, and while a gateway rests, is part of what it must have met before.
   */
  void warmUp(int rounds, List<Running> gateways, Backend backend, Load load) {
    for (int round = 1; round <= rounds; round++) {
      progress.accept("warming up, round " + round + " of " + rounds);
      for (Running gateway : gateways) {
        Window.measure(gateway, backend, load, connections, length);
      }
    }
  }

  /** Measures until enough rounds count, or as many again did not. */
  void measure(List<Running> gateways, Backend backend, Load load) {
    while (counted.size() < wanted && discarded < wanted) {
      List<Window> round =
          gateways.stream().map(gateway -> window(gateway, backend, load)).toList();
      if (round.stream().anyMatch(window -> window.disturbance() > MOST_DISTURBANCE)) {
        discarded++;
        progress.accept("this round does not count: something else used the cores");
      } else {
        counted.add(round);
      }
    }
  }

  /** Whether as many rounds count as were wanted. */
  boolean complete() {
    return counted.size() == wanted;
  }

  int discarded() {
    return discarded;
  }

  /** The counted windows of one gateway, by its place in the list. */
  List<Window> of(int gateway) {
    return counted.stream().map(round -> round.get(gateway)).toList();
  }

  int size() {
    return counted.size();
  }

  private Window window(Running gateway, Backend backend, Load load) {
    Window window = Window.measure(gateway, backend, load, connections, length);
    progress.accept(
        String.format(
            Locale.ROOT,
            "round %d of %d: %-8s %5.1f µs %,8.0f requests a second, core %.0f %% busy, others %.0f %%",
            counted.size() + 1,
            wanted,
            gateway.name(),
            window.cpuMicrosPerRequest(),
            window.requestsPerSecond(),
            window.busy() * 100,
            window.disturbance() * 100));
    return window;
  }
}
