package io.portico.gateway.logs;

/**
 * A log event where it stands.
 *
 * @param at its place among the events of its group
 */
public record LogEvent(LogPosition at, String message) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private static final int TIME_DIGITS = 16;
  private static final int HASH_DIGITS = 20;
  private static final int OFFSET_DIGITS = 20;

  /** When it happened, in milliseconds since 1970. */
  public long timestamp() {
    return at.timestamp();
  }

  /** When it came, in milliseconds since 1970. */
  public long ingestionTime() {
    return at.ingestionTime();
  }

  public String stream() {
    return at.stream();
  }

  /** Tells it from other events: 56 digits, as AWS's are; its time, its stream and its place. */
  public String id() {
    StringBuilder id = new StringBuilder(TIME_DIGITS + HASH_DIGITS + OFFSET_DIGITS);
    append(id, Long.toString(at.timestamp()), TIME_DIGITS);
    append(id, Long.toUnsignedString(hash(at.stream())), HASH_DIGITS);
    append(id, Long.toString(at.offset()), OFFSET_DIGITS);
    return id.toString();
  }

  private static void append(StringBuilder id, String number, int digits) {
    id.repeat('0', Math.max(0, digits - number.length())).append(number);
  }

  /** FNV-1a with 64 bits. */
  private static long hash(String name) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
