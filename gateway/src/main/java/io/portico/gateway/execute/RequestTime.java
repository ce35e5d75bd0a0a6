package io.portico.gateway.execute;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as {@code $context.requestTime} shows them: {@code 09/Apr/2015:12:34:56 +0000}. */
final class RequestTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The second asked for last: most calls of a moment have it. */
  private static volatile @Nullable Second last;

  private record Second(long epoch, String text) {}

  private RequestTime() {}

  static String of(Instant time) {
    long epoch = time.getEpochSecond();
    Second second = last;
    if (second == null || second.epoch != epoch) {
      second = new Second(epoch, FORMAT.format(time));
      last = second;
    }
    return second.text;
  }
}
