package io.portico.gateway.logs;

/**
 * Goes through the events of a segment. A line that is not whole, at its end, or is none of ours is
 * passed over: the process may have been killed while it wrote.
 */
final class SegmentReader {
  private final byte[] bytes;
  private int next;
  private int start;
  private int end;
  private int at;

  private long timestamp;
  private long delay;
  private int message;

  SegmentReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next event; false at the end. */
  boolean next() {
    while (next < bytes.length) {
      start = next;
      end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      next = end + 1;
      if (end < bytes.length && isEvent()) {
        return true;
      }
    }
    return false;
  }

  private boolean isEvent() {
    at = start;
    long time = digits();
    if (time < 0) {
      return false;
    }
    long late = 0;
    if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
      boolean early = bytes[at++] == '-';
      late = digits();
      if (late < 0) {
        return false;
      }
      late = early ? -late : late;
    }
    if (at >= end || (bytes[at] != LogLine.PLAIN && bytes[at] != LogLine.ENDED)) {
      return false;
    }
    timestamp = time;
    delay = late;
    message = at;
    return true;
  }

  /** The number that stands here, or -1 where there is none, or one longer than a time is. */
  private long digits() {
    int first = at;
    long number = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      if (at - first >= 18) {
        return -1;
      }
      number = number * 10 + (bytes[at] - '0');
      at++;
    }
    return at == first ? -1 : number;
  }

  /** Where the event begins in its segment. */
  int offset() {
    return start;
  }

  long timestamp() {
    return timestamp;
  }

  long ingestionTime() {
    return timestamp + delay;
  }

  String message() {
    return LogLine.decoded(bytes, message + 1, end, bytes[message] == LogLine.ENDED);
  }
}
