package io.portico.server;

import io.portico.server.LineCalls.Outcome;
import io.portico.server.Undelivered.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings lines of access logs to one place of a service: in as many calls as that takes, each again
 * where the service is busy. What is behind lines that it does not take now stays there.
 *
 * @param <L> a line as the service has it
 */
final class LineDelivery<L extends Placed> {
  /** How often a call is made at most that is answered that the service is too busy. */
  static final int MOST_ATTEMPTS = 3;

  private final LineCalls calls;
  private final Place<L> place;
  private final Undelivered undelivered;

  /** Where lines go. */
  interface Place<L> {

    /** How a log speaks of it: {@code the delivery stream a}. */
    String named();

    /** Behind the last line that one call takes, of which there is one at least. */
    int endOfBatch(List<L> lines, int from);

    /** Makes the call of some lines, once. */
    Outcome put(List<L> lines);

    /**
     * What of them is to be put again, of which the service has taken the others.
     *
     * @return null where the answer is none of that service's
     */
    @Nullable List<L> again(byte[] answer, List<L> lines);
  }

  /**
   * @param undelivered is told of what is not taken
   */
  LineDelivery(LineCalls calls, Place<L> place, Undelivered undelivered) {
    this.calls = calls;
    this.place = place;
    this.undelivered = undelivered;
  }

  /** Brings lines, in their order. */
  void bring(List<L> lines) {
    int from = 0;
    boolean busy = false;
    while (from < lines.size()) {
      int to = place.endOfBatch(lines, from);
      List<L> batch = lines.subList(from, to);
      if (busy) {
        undelivered.left(batch, place.named(), "it is busy");
      } else {
        busy = !isDone(batch);
      }
      from = to;
    }
  }

  /** Whether nothing of it may be taken later. */
  private boolean isDone(List<L> batch) {
    List<L> left = batch;
    String why = "";
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      calls.pauseBefore(attempt);
      switch (place.put(left)) {
        case Outcome.Taken taken -> {
          List<L> again = place.again(taken.answer(), left);
          if (again == null) {
            undelivered.left(left, place.named(), "what it answers is none of the service's");
            return false;
          }
          if (again.isEmpty()) {
            return true;
          }
          left = again;
          why = "it did not take all records";
        }
        case Outcome.Refused refused -> {
          undelivered.refused(left, place.named(), refused.why());
          return true;
        }
        case Outcome.Busy busy -> why = busy.why();
        case Outcome.Unheard unheard -> {
          undelivered.left(left, place.named(), unheard.why());
          return false;
        }
      }
    }
    undelivered.left(left, place.named(), why);
    return false;
  }
}
