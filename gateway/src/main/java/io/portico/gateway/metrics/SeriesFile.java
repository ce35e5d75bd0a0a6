package io.portico.gateway.metrics;

import io.portico.gateway.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The points of one series, in the order in which they came, below a line that says whose they are.
 * Points of the same period and unit add up, so that what comes late is written like all else. What
 * a crash has left half written is cut off; of a file that is damaged a copy is put aside.
 */
final class SeriesFile {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesFile.class);

  /** Of a copy that is nobody's any more but people's. */
  private static final String DAMAGED = ".damaged";

  /** Instead of how much it has grown. */
  static final long GONE = -1;

  /** Of so many bytes it is known what times are before them. */
  private static final int BLOCK = 32 * 1024;

  /** Thirty dimensions of the longest names and values, in UTF-8. */
  private static final int LONGEST_HEADING = 1 << 18;

  /** Written anew once it has this many points more than after the last time. */
  private static final int MOST_MORE = 2_000;

  private static final Comparator<Place> BY_TIME =
      Comparator.comparingLong(Place::start)
          .thenComparingInt(Place::period)
          .thenComparing(Place::unit);

  private final Path path;
  private final MetricKey key;
  private long lastWrittenMillis;

  /** It had nothing left, and is deleted: who has a point needs another. */
  private boolean gone;

  /** Null until the file has been looked through. */
  private @Nullable Contents contents;

  /** What points come together. */
  private record Place(int period, long start, String unit) {}

  /** All that is before the offset ends by then. */
  private record Mark(long offset, long latestEnd) {}

  /** What is known of the content. */
  private static final class Contents {
    final List<Mark> marks = new ArrayList<>();
    long length;
    long latestEnd = Long.MIN_VALUE;
    int points;
    int pointsAtFirst;
    long[] oldest = new long[Retention.PERIODS.length];

    Contents(long length) {
      this.length = length;
      Arrays.fill(oldest, Long.MAX_VALUE);
    }

    void add(MetricPoint point, long end) {
      long last = marks.isEmpty() ? 0 : marks.getLast().offset;
      length = end;
      latestEnd = Math.max(latestEnd, point.end());
      points++;
      for (int i = 0; i < oldest.length; i++) {
        if (Retention.PERIODS[i] == point.period()) {
          oldest[i] = Math.min(oldest[i], point.start());
        }
      }
      if (end - last >= BLOCK) {
        marks.add(new Mark(end, latestEnd));
      }
    }
  }

  private SeriesFile(Path path, MetricKey key, long lastWrittenMillis) {
    this.path = path;
    this.key = key;
    this.lastWrittenMillis = lastWrittenMillis;
  }

  /** One that is there, or is made with the first point. */
  static SeriesFile of(Path path, MetricKey key) {
    return new SeriesFile(path, key, 0);
  }

  /** One that is there; null where the file does not say whose it is. */
  static @Nullable SeriesFile found(Path path) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path))) {
      ByteArrayOutputStream heading = new ByteArrayOutputStream();
      int next = file.read();
      while (next >= 0 && next != '\n' && heading.size() < LONGEST_HEADING) {
        heading.write(next);
        next = file.read();
      }
      return new SeriesFile(
          path,
          MetricKey.ofText(Json.parse(heading.toByteArray())),
          Files.getLastModifiedTime(path).toMillis());
    } catch (JacksonException e) {
      return null;
    }
  }

  MetricKey key() {
    return key;
  }

  synchronized long lastWrittenMillis() {
    return lastWrittenMillis;
  }

  synchronized boolean isGone() {
    return gone;
  }

  /**
   * @return how many bytes it has grown by; {@link #GONE} where nothing was written
   */
  synchronized long append(List<MetricPoint> points, long nowMillis) throws IOException {
    if (gone) {
      return GONE;
    }
    Contents known = contents();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long before = known.length;
    if (before == 0) {
      bytes.writeBytes(heading());
    }
    List<Long> ends = new ArrayList<>(points.size());
    for (MetricPoint point : points) {
      bytes.writeBytes(PointCodec.bytes(point));
      ends.add(before + bytes.size());
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // What a write that failed half way has left is overwritten.
      file.truncate(before);
      write(file, before, bytes.toByteArray());
    }
    for (int i = 0; i < points.size(); i++) {
      known.add(points.get(i), ends.get(i));
    }
    lastWrittenMillis = nowMillis;
    return bytes.size();
  }

  private static void write(FileChannel file, long at, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    file.position(at);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  private byte[] heading() {
    return (key.text() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Goes through all points that end after a time, and perhaps some that do not.
   *
   * @param from seconds since 1970
   */
  synchronized void read(long from, Consumer<MetricPoint> reader) throws IOException {
    Contents known = contents();
    long offset = 0;
    for (Mark mark : known.marks) {
      if (mark.latestEnd > from) {
        break;
      }
      offset = mark.offset;
    }
    if (known.length > offset) {
      go(offset, known.length, (point, end) -> reader.accept(point));
    }
  }

  /**
   * @param offset where a point begins; 0 for the first
   */
  private PointReader.Reached go(long offset, long length, PointReader.Reader reader)
      throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return PointReader.read(file, offset == 0 ? heading().length : offset, length, reader);
    }
  }

  private Contents contents() throws IOException {
    Contents known = contents;
    if (known == null) {
      known = looked();
      contents = known;
    }
    return known;
  }

  /** What cannot be read is put aside before anything is written over it. */
  private Contents looked() throws IOException {
    long length = Files.exists(path) ? Files.size(path) : 0;
    byte[] heading = heading();
    if (length < heading.length) {
      return new Contents(0);
    }
    if (!beginsWith(heading)) {
      Path aside = path.resolveSibling(path.getFileName() + DAMAGED);
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("metrics: {} is of something else than {}; it is {} now", path, key, aside);
      return new Contents(0);
    }
    Contents found = new Contents(heading.length);
    PointReader.Reached reached = go(0, length, found::add);
    found.length = reached.end();
    found.pointsAtFirst = found.points;
    if (reached.damaged()) {
      Path aside = path.resolveSibling(path.getFileName() + DAMAGED);
      Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn(
          "metrics: {} is damaged {} bytes before its end, which are not used; {} is a copy of it",
          path,
          length - reached.end(),
          aside);
    }
    return found;
  }

  private boolean beginsWith(byte[] heading) throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      return Arrays.equals(file.readNBytes(heading.length), heading);
    }
  }

  /**
   * Whether it has points that are part of longer ones by now, or many that add up. One that nobody
   * has looked through yet is so only once nothing of it is kept any more.
   */
  synchronized boolean isToBeCompacted(long now) {
    Contents known = contents;
    if (known == null) {
      return Retention.isOver(lastWrittenMillis / 1000, now);
    }
    for (int i = 0; i < known.oldest.length; i++) {
      long oldest = known.oldest[i];
      // A day's points at a time.
      long slack = Retention.PERIODS[i] == 1 ? 3600 : 24 * 3600;
      if (oldest != Long.MAX_VALUE
          && Retention.period(Retention.PERIODS[i], oldest + slack, now) != Retention.PERIODS[i]) {
        return true;
      }
    }
    return known.points - known.pointsAtFirst > MOST_MORE + known.pointsAtFirst;
  }

  /**
   * Writes it anew, with what adds up added up. One that has nothing left is gone.
   *
   * @return by how many bytes it has grown, most often a negative number
   */
  synchronized long compact(long now) throws IOException {
    TreeMap<Place, Distribution> all = new TreeMap<>(BY_TIME);
    Contents before = contents();
    if (before.length > 0) {
      go(0, before.length, (point, end) -> add(all, point, now));
    }
    if (all.isEmpty()) {
      Files.deleteIfExists(path);
      contents = new Contents(0);
      gone = true;
      return -before.length;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(heading());
    Contents after = new Contents(bytes.size());
    for (Map.Entry<Place, Distribution> each : all.entrySet()) {
      Place place = each.getKey();
      MetricPoint point = new MetricPoint(place.period, place.start, place.unit, each.getValue());
      bytes.writeBytes(PointCodec.bytes(point));
      after.add(point, bytes.size());
    }
    after.pointsAtFirst = after.points;
    replace(bytes.toByteArray());
    contents = after;
    return after.length - before.length;
  }

  private static void add(Map<Place, Distribution> all, MetricPoint point, long now) {
    int period = Retention.period(point.period(), point.start(), now);
    if (period > 0) {
      all.computeIfAbsent(
              new Place(period, Retention.floor(point.start(), period), point.unit()),
              place -> new Distribution())
          .add(point.values());
    }
  }

  private void replace(byte[] bytes) throws IOException {
    Path anew = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel file =
        FileChannel.open(
            anew,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(file, 0, bytes);
      file.force(true);
    }
    Files.setLastModifiedTime(anew, FileTime.fromMillis(lastWrittenMillis));
    Files.move(anew, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
