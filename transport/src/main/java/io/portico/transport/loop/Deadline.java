package io.portico.transport.loop;

import org.jspecify.annotations.Nullable;

/**
 * A point in time after which something is over, kept by a loop's {@link Deadlines}. Set and
 * cleared as often as one likes without allocating; precise to one tick.
 */
public abstract class Deadline {
  static final long NONE = Long.MAX_VALUE;

  private final Deadlines wheel;

  /** When it is over, in the wheel's time; {@link #NONE} while unset. */
  long at = NONE;

  /** The tick in whose slot this is linked; meaningful only while linked. */
  long tick;

  @Nullable Deadline previous;
  @Nullable Deadline next;

  protected Deadline(Loop loop) {
    this.wheel = loop.deadlines();
  }

  /** One that runs {@code expired} when the time has come. */
  public static Deadline calling(Loop loop, Runnable expired) {
    return new Deadline(loop) {
      @Override
      protected void expired() {
        expired.run();
      }
    };
  }

  /** Sets or moves it to {@code nanos} from now. */
  public final void in(long nanos) {
    wheel.set(this, System.nanoTime(), nanos);
  }

  /**
   * Sets or moves it to {@code nanos} after {@code now}, which is a recent {@link System#nanoTime}.
   */
  public final void after(long now, long nanos) {
    wheel.set(this, now, nanos);
  }

  /**
   * Sets or moves it to about {@code nanos} from now, by the loop's last look at the clock; for
   * times that are long beside a loop's turn.
   */
  public final void roughlyIn(long nanos) {
    wheel.setRoughly(this, nanos);
  }

  /** Takes it back. */
  public final void clear() {
    wheel.clear(this);
  }

  public final boolean isSet() {
    return at != NONE;
  }

  /** Called on the loop, once, when the time has come; it is unset by then. */
  protected abstract void expired();
}
