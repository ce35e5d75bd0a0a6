package io.portico.gateway.control.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Pages of what a query matches, among more that the store lists. */
public final class Matching {
  private static final int LEAST = 100;

  private Matching() {}

  /**
   * A part of a list.
   *
   * @param after the last id already seen
   * @param limit most to return
   */
  public record Batch(String after, int limit) {}

  /** What matches, as much as was asked for; the rest is not read. */
  public static <T> List<T> list(
      Function<Batch, List<T>> store, Function<T, String> id, Predicate<T> wanted, Batch asked) {
    List<T> found = new ArrayList<>();
    String after = asked.after();
    int size = Math.max(asked.limit(), LEAST);
    while (true) {
      List<T> batch = store.apply(new Batch(after, size));
      for (T each : batch) {
        if (wanted.test(each)) {
          found.add(each);
          if (found.size() == asked.limit()) {
            return found;
          }
        }
      }
      if (batch.size() < size) {
        return found;
      }
      after = id.apply(batch.getLast());
    }
  }
}
