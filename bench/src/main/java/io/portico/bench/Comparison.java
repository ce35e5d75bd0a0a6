package io.portico.bench;

import io.portico.bench.load.Traffic;
import io.portico.bench.peer.Peer;
import java.util.List;
import java.util.Optional;

/**
 * Gateways that do the same work side by side.
 *
 * @param <T> what clients send
 * @param name as the command line and the section of {@code docs/performance.md} call it
 * @param baselines names of the gateways that the ratios are to; none where one stands for itself
 * @param warmUp rounds before those that count, for what a JVM compiles meanwhile
 * @param rounds that count
 */
record Comparison<T extends Traffic>(
    String name, List<String> baselines, List<Peer> gateways, T traffic, int warmUp, int rounds) {

  /** Why what was measured is not worth keeping, if it is not. */
  Optional<String> obstacle(Lineup lineup, Rounds<?, ?> measured, boolean quick) {
    if (quick) {
      return Optional.of("a quick run");
    }
    List<String> there = lineup.gateways().stream().map(gateway -> gateway.name()).toList();
    if (!there.containsAll(baselines)) {
      return Optional.of("nothing to compare with, as not all of " + baselines + " were there");
    }
    return measured.complete()
        ? Optional.empty()
        : Optional.of("only " + measured.size() + " rounds were free of other work");
  }
}
