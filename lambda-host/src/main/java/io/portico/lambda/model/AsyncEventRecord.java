package io.portico.lambda.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a function is invoked with asynchronously, as long as something is to be done about
 * it: it waits for an attempt, or it is settled and what it came to is to be sent somewhere.
 *
 * @param requestId names the invocation, in all of its attempts
 * @param qualifier the version or alias as the caller has named it, or null for none
 * @param traceId of X-Ray, the same in all attempts
 * @param acceptedAt milliseconds since 1970
 * @param due when it is to be looked at next, in milliseconds since 1970
 * @param invocations how often the function has run on it
 * @param refusals how often the function could not run on it, since it last did
 * @param settlement what it came to, or null as long as it is to be attempted
 */
public record AsyncEventRecord(
    String requestId,
    @Nullable String qualifier,
    String traceId,
    long acceptedAt,
    long due,
    int invocations,
    int refusals,
    @Nullable Settlement settlement) {
  private static final int DIGITS = 13;

  /**
   * What an event came to.
   *
   * @param condition in AWS's words, such as {@code RetriesExhausted}
   * @param refusal why the function was not run in the end, or null where its last answer counts
   * @param at milliseconds since 1970
   * @param targets where that is still to be sent
   * @param tries how often that was tried without reaching all of them
   */
  public record Settlement(
      String condition, @Nullable Refusal refusal, long at, List<Target> targets, int tries) {}

  /**
   * Why a function was not run.
   *
   * @param status that a call of it is answered with
   * @param message in AWS's words
   */
  public record Refusal(int status, String message) {}

  /**
   * Where it is sent.
   *
   * @param arn of a queue, a topic, a bus, a bucket or a function
   * @param deadLetter whether it gets the event itself rather than a record of the invocation
   */
  public record Target(String arn, boolean deadLetter) {}

  /** One that has just come. */
  public static AsyncEventRecord accepted(
      String requestId, @Nullable String qualifier, String traceId, long now) {
    return new AsyncEventRecord(requestId, qualifier, traceId, now, now, 0, 0, null);
  }

  /** Its id in the store: as texts they are in the order in which events are due. */
  public String id() {
    return ("%0" + DIGITS + "d-%s").formatted(due, requestId);
  }

  /** When an event of that {@link #id} is due. */
  public static long dueOf(String id) {
    return Long.parseLong(id.substring(0, DIGITS));
  }

  /** The same after the function has run on it, and once more to be attempted. */
  public AsyncEventRecord ranAgainAt(long when) {
    return new AsyncEventRecord(
        requestId, qualifier, traceId, acceptedAt, when, invocations + 1, 0, null);
  }

  /** The same after the function could not run on it. */
  public AsyncEventRecord refusedUntil(long when) {
    return new AsyncEventRecord(
        requestId, qualifier, traceId, acceptedAt, when, invocations, refusals + 1, null);
  }

  /** The same at its end. */
  public AsyncEventRecord settled(int allInvocations, Settlement end) {
    return new AsyncEventRecord(
        requestId, qualifier, traceId, acceptedAt, due, allInvocations, refusals, end);
  }

  /** The same with what it came to still to be sent to some, at a later time. */
  public AsyncEventRecord leftFor(List<Target> targets, Settlement before, long when) {
    return new AsyncEventRecord(
        requestId,
        qualifier,
        traceId,
        acceptedAt,
        when,
        invocations,
        refusals,
        new Settlement(before.condition, before.refusal, before.at, targets, before.tries + 1));
  }
}
