package io.portico.transport.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one loop: a hashed wheel of linked nodes, turned by one timer however many there
 * are. A deadline that moves later stays where it is and is looked at when its old slot comes
 * round, so that moving one per request costs a field write.
 */
// The turn catches what it can fail with.
@SuppressWarnings("FutureReturnValueIgnored")
final class Deadlines {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SLOTS = 512;
  private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(3650);

  private final Loop loop;
  private final Slot[] slots = new Slot[SLOTS];
  private final long start = System.nanoTime();

  /** The tick that was handled last. */
  private long current;

  /** What the slot under visit has due; kept to be used again. */
  private final List<Deadline> due = new ArrayList<>();

  private int linked;
  private boolean turning;

  /** The head of a ring of nodes. */
  private static final class Slot {
    @Nullable Deadline first;
  }

  Deadlines(Loop loop) {
    this.loop = loop;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  void set(Deadline deadline, long now, long nanos) {
    long at = Math.max(0, now - start) + Math.min(nanos, LONGEST_NANOS);
    deadline.at = at;
    long tick = tickOf(at);
    if (linked(deadline)) {
      if (deadline.tick <= tick) {
        return;
      }
      unlink(deadline);
    }
    if (!turning) {
      current = (now - start) / TICK_NANOS;
    }
    link(deadline, tick);
    if (!turning) {
      turning = true;
      scheduleTurn();
    }
  }

  void setRoughly(Deadline deadline, long nanos) {
    set(deadline, turning ? start + current * TICK_NANOS : System.nanoTime(), nanos);
  }

  void clear(Deadline deadline) {
    deadline.at = Deadline.NONE;
    if (linked(deadline)) {
      unlink(deadline);
    }
  }

  private void scheduleTurn() {
    loop.eventLoop().schedule(this::turn, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void turn() {
    long now = System.nanoTime() - start;
    long until = now / TICK_NANOS;
    // After a long stall each slot is looked at once, not once per missed tick.
    long from = Math.max(current + 1, until - SLOTS + 1);
    for (long tick = from; tick <= until; tick++) {
      current = tick;
      visit(slots[(int) (tick % SLOTS)], now);
    }
    if (linked == 0) {
      turning = false;
    } else {
      scheduleTurn();
    }
  }

  private void visit(Slot slot, long now) {
    Deadline node = slot.first;
    slot.first = null;
    while (node != null) {
      Deadline next = node.next;
      node.previous = null;
      node.next = null;
      node.tick = 0;
      linked--;
      if (node.at <= now) {
        due.add(node);
      } else {
        link(node, tickOf(node.at));
      }
      node = next;
    }
    // Only now: what expires may set and clear other deadlines.
    for (Deadline deadline : due) {
      if (deadline.at <= now) {
        clear(deadline);
        deadline.expired();
      }
    }
    due.clear();
  }

  /** The first tick at whose turn {@code at} has passed. */
  private static long tickOf(long at) {
    return at / TICK_NANOS + 1;
  }

  private void link(Deadline deadline, long tick) {
    long within = Math.clamp(tick, current + 1, current + SLOTS - 1);
    Slot slot = slots[(int) (within % SLOTS)];
    Deadline first = slot.first;
    deadline.tick = within;
    deadline.previous = null;
    deadline.next = first;
    if (first != null) {
      first.previous = deadline;
    }
    slot.first = deadline;
    linked++;
  }

  private void unlink(Deadline deadline) {
    Deadline previous = deadline.previous;
    Deadline next = deadline.next;
    if (previous == null) {
      slots[(int) (deadline.tick % SLOTS)].first = next;
    } else {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    deadline.previous = null;
    deadline.next = null;
    deadline.tick = 0;
    linked--;
  }

  private static boolean linked(Deadline deadline) {
    return deadline.tick != 0;
  }
}
