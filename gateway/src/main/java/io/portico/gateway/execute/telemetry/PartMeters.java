package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.ServedStage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a stage's parts, such as its methods, each made with its first call. They are made
 * for what the stage has now, not for what it had when a call of it began, so that none stays
 * behind.
 *
 * @param <K> what a part is known by
 * @param <M> its meters
 */
final class PartMeters<K, M> {
  private final Function<K, M> making;
  private final Consumer<M> removing;
  private final BiPredicate<K, ServedStage> has;
  private final @Nullable DetailRoom room;
  private final ConcurrentHashMap<K, M> all = new ConcurrentHashMap<>();
  private final Set<K> leftOut = ConcurrentHashMap.newKeySet();
  private boolean removed;

  /**
   * @param making those of a part
   * @param removing them
   * @param has whether the stage has a part now that a call's stage has; asked only where there are
   *     no meters yet
   * @param room null where there is no end to it
   */
  PartMeters(
      Function<K, M> making,
      Consumer<M> removing,
      BiPredicate<K, ServedStage> has,
      @Nullable DetailRoom room) {
    this.making = making;
    this.removing = removing;
    this.has = has;
    this.room = room;
  }

  /**
   * The meters of a part, if the stage has it and there is room.
   *
   * @param ofCall the stage as it was when the call began; it has the part
   */
  @Nullable M of(K part, ServedStage ofCall) {
    M known = all.get(part);
    return known != null || isLeftOut(part) ? known : made(part, ofCall);
  }

  private boolean isLeftOut(K part) {
    return room != null && leftOut.contains(part) && isFull();
  }

  private boolean isFull() {
    return all.size() >= DetailRoom.MOST;
  }

  private synchronized @Nullable M made(K part, ServedStage ofCall) {
    M known = all.get(part);
    if (known != null || removed || !has.test(part, ofCall)) {
      return known;
    }
    if (room != null && isFull()) {
      if (leftOut.add(part)) {
        room.leaveOut();
      }
      return null;
    }
    noLongerLeftOut(part);
    M made = making.apply(part);
    all.put(part, made);
    return made;
  }

  private void noLongerLeftOut(K part) {
    if (leftOut.remove(part) && room != null) {
      room.noLongerLeftOut(1);
    }
  }

  /** Removes those of parts that the stage has no more. */
  synchronized void retain(Predicate<K> stays) {
    all.forEach(
        (part, meters) -> {
          if (!stays.test(part)) {
            all.remove(part);
            removing.accept(meters);
          }
        });
    leftOut.forEach(
        part -> {
          if (!stays.test(part)) {
            noLongerLeftOut(part);
          }
        });
  }

  /** Removes all; from now on there are none. */
  synchronized void remove() {
    removed = true;
    all.values().forEach(removing);
    all.clear();
    leftOut.forEach(this::noLongerLeftOut);
  }
}
