package io.portico.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Windows of several contestants in turns, round after round. A round during which anything else on
 * the machine used the run's cores is not counted and another takes its place, within bounds.
 *
 * @param <C> what is measured
 * @param <W> what one window of it gives
 */
final class Rounds<C, W extends Rounds.Counted> {
  /** As a share of one core; an idle machine is well below it. */
  private static final double MOST_DISTURBANCE = 0.10;

  private final int wanted;
  private final Function<C, W> windowOf;
  private final Consumer<String> progress;
  private final List<List<W>> counted = new ArrayList<>();
  private int discarded;

  /** A window that may count. */
  interface Counted {

    /** What others used of the run's cores, as a share of one core. */
    double disturbance();

    /** Whose it is and what it gave, in a line. */
    String words();
  }

  Rounds(int wanted, Function<C, W> windowOf, Consumer<String> progress) {
    this.wanted = wanted;
    this.windowOf = windowOf;
    this.progress = progress;
  }

  /**
   * Rounds that nobody counts, as a JVM compiles meanwhile. In turns as later: what happens when
   * connections come and go, and while a gateway rests, is part of what it must have met before.
   */
  void warmUp(int rounds, List<C> contestants) {
    for (int round = 1; round <= rounds; round++) {
      for (C contestant : contestants) {
        W window = windowOf.apply(contestant);
        progress.accept("warming up, round " + round + " of " + rounds + ": " + window.words());
      }
    }
  }

  /** Measures until enough rounds count, or as many again did not. */
  void measure(List<C> contestants) {
    while (counted.size() < wanted && discarded < wanted) {
      List<W> round = contestants.stream().map(this::window).toList();
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

  /** The counted windows of one contestant, by its place in the list. */
  List<W> of(int contestant) {
    return counted.stream().map(round -> round.get(contestant)).toList();
  }

  int size() {
    return counted.size();
  }

  private W window(C contestant) {
    W window = windowOf.apply(contestant);
    progress.accept("round " + (counted.size() + 1) + " of " + wanted + ": " + window.words());
    return window;
  }
}
