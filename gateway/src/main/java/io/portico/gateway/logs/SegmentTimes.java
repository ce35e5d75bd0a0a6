package io.portico.gateway.logs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the times in a segment that has been read through.
 *
 * @param size how long it was then: once it is longer, they hold no more
 * @param earliest of its events; {@link Long#MAX_VALUE} where it has none
 * @param latest of its events; {@link Long#MIN_VALUE} where it has none
 * @param ingested when the last of them came
 */
record SegmentTimes(long size, long earliest, long latest, long ingested) {

  boolean isEmpty() {
    return latest == Long.MIN_VALUE;
  }

  /** The times of the segments that were looked at last. */
  static final class Known {
    private static final int MOST = 20_000;

    private final Map<Path, SegmentTimes> times =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Path, SegmentTimes> eldest) {
            return size() > MOST;
          }
        };

    /** Null where nothing is known of the segment as long as it is now. */
    synchronized @Nullable SegmentTimes of(Path file, long size) {
      SegmentTimes known = times.get(file);
      return known != null && known.size == size ? known : null;
    }

    synchronized void put(Path file, SegmentTimes found) {
      times.put(file, found);
    }
  }
}
