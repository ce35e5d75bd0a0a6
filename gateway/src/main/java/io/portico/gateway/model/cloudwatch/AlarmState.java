package io.portico.gateway.model.cloudwatch;

import org.jspecify.annotations.Nullable;

/**
 * What an alarm has come to.
 *
 * @param value {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
 * @param reason for people
 * @param reasonData the same as JSON, or null
 * @param updatedMillis when it was found last, in milliseconds since 1970
 * @param transitionedMillis when the value changed last
 */
public record AlarmState(
    String value,
    String reason,
    @Nullable String reasonData,
    long updatedMillis,
    long transitionedMillis) {

  /** Of an alarm that was just made. */
  public static AlarmState initial(long nowMillis) {
    return new AlarmState(
        "INSUFFICIENT_DATA", "Unchecked: Initial alarm creation", null, nowMillis, nowMillis);
  }

  /** Another one, at a time. */
  public AlarmState changed(
      String other, String otherReason, @Nullable String otherData, long nowMillis) {
    return new AlarmState(
        other,
        otherReason,
        otherData,
        nowMillis,
        other.equals(value) ? transitionedMillis : nowMillis);
  }
}
