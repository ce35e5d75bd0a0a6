package io.portico.gateway.logs;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the times in a segment that has been read through.
 *
 * @param earliest of its events; {@link Long#MAX_VALUE} where it has none
 * @param latest of its events; {@link Long#MIN_VALUE} where it has none
 * @param ingested when the last of them came
 */
record SegmentTimes(long earliest, long latest, long ingested) {

  boolean isEmpty() {
    return latest == Long.MIN_VALUE;
  }

  /**
   * Which content a file had: once it has another, or is another file, what is known of it holds no
   * more.
   *
   * @param key of the file system's, or null where it has none
   */
  record Content(long size, FileTime modified, @Nullable Object key) {}

  /** The times of the segments that were looked at last. */
  static final class Known {
    private static final int MOST = 20_000;

    private record Noted(Content content, SegmentTimes times) {}

    private final Map<Path, Noted> entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Path, Noted> eldest) {
            return size() > MOST;
          }
        };

    /** Null where nothing is known of the segment as it is now. */
    synchronized @Nullable SegmentTimes of(Path file, Content content) {
      Noted known = entries.get(file);
      return known != null && known.content.equals(content) ? known.times : null;
    }

    synchronized void put(Path file, Content content, SegmentTimes found) {
      entries.put(file, new Noted(content, found));
    }
  }
}
