package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.peer.Peer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The gateways of a comparison that can be had here, all up at once on the same core, and the two
 * ends of the load on the other.
 */
final class Lineup implements AutoCloseable {
  private static final int ROUNDS_OF_A_QUICK_RUN = 4;

  private final Workplace workplace;
  private final Comparison<?> comparison;
  private final boolean quick;
  private final Load load;
  private final Backend backend;
  private final List<Running> gateways = new ArrayList<>();

  private Lineup(Workplace workplace, Comparison<?> comparison, boolean quick) {
    this.workplace = workplace;
    this.comparison = comparison;
    this.quick = quick;
    this.load = comparison.traffic().load(workplace.cores(), workplace.folder());
    this.backend =
        Backend.start(comparison.traffic().backend(), workplace.cores(), workplace.folder());
  }

  /**
   * Starts all, and has each answer once.
   *
   * @param quick whether less must do
   */
  static Lineup start(Workplace workplace, Comparison<?> comparison, boolean quick) {
    if (!workplace.cores().separable()) {
      throw new BenchFailure(workplace.cores().obstacle());
    }
    Lineup lineup = new Lineup(workplace, comparison, quick);
    try {
      comparison.gateways().forEach(lineup::add);
      return lineup;
    } catch (RuntimeException e) {
      lineup.close();
      throw e;
    }
  }

  private void add(Peer peer) {
    peer.missing()
        .ifPresentOrElse(
            reason -> System.out.println("left out: " + reason),
            () -> {
              Running gateway = peer.start(workplace, backend.port());
              gateways.add(gateway);
              comparison.traffic().check(gateway.target());
              gateway.accessLog().ifPresent(log -> log.take(1));
              System.out.println(gateway.name() + " " + gateway.version() + " is up");
            });
  }

  List<Running> gateways() {
    return gateways;
  }

  Backend backend() {
    return backend;
  }

  Load load() {
    return load;
  }

  /** Rounds of windows at full load, after those that warm up. */
  Rounds<Running, Window> saturate(int wanted) {
    Rounds<Running, Window> rounds =
        new Rounds<>(
            wanted,
            gateway ->
                Window.measure(
                    gateway, backend, load, comparison.traffic().connections(), length()),
            System.out::println);
    rounds.warmUp(atMostIfQuick(comparison.warmUp()), gateways);
    rounds.measure(gateways);
    if (rounds.size() == 0) {
      throw tooBusy();
    }
    return rounds;
  }

  /** The rounds of the comparison that are to count. */
  int wanted() {
    return atMostIfQuick(comparison.rounds());
  }

  /** Of one window. */
  Duration length() {
    return Duration.ofSeconds(quick ? 3 : 5);
  }

  static BenchFailure tooBusy() {
    return new BenchFailure("the machine is too busy: no round was free of other work");
  }

  private int atMostIfQuick(int rounds) {
    return quick ? Math.min(ROUNDS_OF_A_QUICK_RUN, rounds) : rounds;
  }

  @Override
  public void close() {
    gateways.forEach(Running::close);
    backend.close();
  }
}
