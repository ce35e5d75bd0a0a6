package io.portico.gateway.logs;

import io.portico.gateway.logs.LogStreamFile.Opened;
import io.portico.gateway.store.RecordReader.Located;
import io.portico.gateway.store.Records;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log groups, their streams and events.
 *
 * <p>A group comes to be by a call or when something logs to it, and again where it is deleted
 * meanwhile. A stream keeps its last 64 MB; where a group has a retention, what was written before
 * that time is deleted.
 */
public final class LogStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);

  /** What a reader has to go through at once, and what goes at once where a stream is full. */
  private static final long SEGMENT_BYTES = 4L << 20;

  private static final int MOST_SEGMENTS = 16;

  private final Records records;
  private final Clock clock;
  private final long segmentBytes;
  private final Appending appending;
  private final LogFolder folder;
  private final LogFiles files;
  private final LogSearch search;
  private final LogFlusher flusher = new LogFlusher();
  private final Map<StreamKey, LogStreamFile> written = new ConcurrentHashMap<>();
  private final Set<LogGroupId> known = ConcurrentHashMap.newKeySet();
  private final Set<StreamKey> full = ConcurrentHashMap.newKeySet();

  /** Held by whoever makes or deletes groups, streams or segments. */
  private final ReentrantLock structure = new ReentrantLock();

  /** Who writes looks at it: a file that was deleted takes nothing any more. */
  private final AtomicLong deletions = new AtomicLong();

  private record StreamKey(LogGroupId group, String name) {}

  /** How something comes to the end of a file. */
  interface Appending {
    OutputStream to(Path file) throws IOException;
  }

  /**
   * A store whose events stand in a folder.
   *
   * @param records where its groups live
   */
  public LogStore(LogFolder folder, Records records, Clock clock) {
    this(
        folder,
        records,
        clock,
        SEGMENT_BYTES,
        // Not one of a channel: an interrupt of the thread that writes would close it.
        file -> new FileOutputStream(file.toFile(), true));
  }

  LogStore(LogFolder folder, Records records, Clock clock, long segmentBytes, Appending appending) {
    this.records = records;
    this.clock = clock;
    this.segmentBytes = segmentBytes;
    this.appending = appending;
    this.folder = folder;
    this.files = new LogFiles(folder);
    this.search = new LogSearch(files);
    flusher.everyHour(this::sweep);
  }

  // --- Groups

  /** Makes a group, unless there is one of that name. */
  public boolean createGroup(LogGroupId id, LogGroupRecord group) {
    structure.lock();
    try {
      if (!hasGroup(id) && files.delete(id)) {
        // Whoever deleted the group of that name was killed before its files were.
        deletions.incrementAndGet();
      }
      return records.write(
          writer -> {
            if (writer.find(LogRecords.GROUP, id.scope(), id.name()).isPresent()) {
              return false;
            }
            writer.put(LogRecords.GROUP, id.scope(), id.name(), group);
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      structure.unlock();
    }
  }

  private boolean hasGroup(LogGroupId id) {
    return records.read(reader -> reader.find(LogRecords.GROUP, id.scope(), id.name()).isPresent());
  }

  /** Deletes a group with all that is in it. */
  public void deleteGroup(LogGroupId id) {
    structure.lock();
    try {
      known.remove(id);
      records.write(
          writer -> {
            writer.delete(LogRecords.GROUP, id.scope(), id.name());
            return true;
          });
      files.delete(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deletions.incrementAndGet();
      structure.unlock();
    }
  }

  /** How many bytes a group's events take. */
  public long bytes(LogGroupId id) {
    try {
      flush(id);
      long bytes = 0;
      for (LogSegment segment : files.segments(id)) {
        bytes += size(segment.file());
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  // --- Streams

  /** A stream to add events to; it comes to be with the first of them. */
  public LogStream stream(LogGroupId group, String name) {
    return enter(new StreamKey(group, name));
  }

  private LogStreamFile enter(StreamKey key) {
    return written.compute(
        key,
        (same, open) -> {
          LogStreamFile stream = open == null ? new LogStreamFile(this, key.group, key.name) : open;
          stream.users++;
          return stream;
        });
  }

  void leave(LogStreamFile stream) {
    written.computeIfPresent(
        new StreamKey(stream.group(), stream.name()),
        (key, open) -> {
          if (open != stream || --open.users > 0) {
            return open;
          }
          open.end();
          return null;
        });
  }

  /**
   * Makes an empty stream, unless there is one of that name.
   *
   * @return whether there was none
   */
  public boolean createStream(LogGroupId group, String name) {
    structure.lock();
    try {
      if (!files.segments(group, name).isEmpty()) {
        return false;
      }
      start(group, name, 0).out().close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      structure.unlock();
    }
  }

  /**
   * Deletes a stream.
   *
   * @return whether there was one
   */
  public boolean deleteStream(LogGroupId group, String name) {
    structure.lock();
    try {
      List<LogSegment> segments = files.segments(group, name);
      for (LogSegment segment : segments) {
        Files.deleteIfExists(segment.file());
      }
      return !segments.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deletions.incrementAndGet();
      structure.unlock();
    }
  }

  public boolean hasStream(LogGroupId group, String name) {
    try {
      return !files.segments(group, name).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The streams of a group whose names are asked for. */
  public List<StreamSummary> streams(LogGroupId group, Predicate<String> names) {
    try {
      flush(group);
      List<StreamSummary> streams = new ArrayList<>();
      for (Map.Entry<String, List<LogSegment>> stream : files.streams(group).entrySet()) {
        StreamSummary summary =
            names.test(stream.getKey()) ? search.summary(stream.getKey(), stream.getValue()) : null;
        if (summary != null) {
          streams.add(summary);
        }
      }
      return streams;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- Events

  /** Adds events to a stream. */
  public void put(LogGroupId group, String name, List<NewEvent> events) {
    LogStreamFile stream = enter(new StreamKey(group, name));
    try {
      long now = clock.millis();
      for (NewEvent event : events) {
        stream.write(event.timestamp(), now, event.message());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stream.close();
    }
  }

  /** The events of the streams that are asked for, of all that were added before. */
  public EventPage events(LogGroupId group, Predicate<String> streams, EventQuery query) {
    try {
      flush(group);
      return search.events(group, streams, query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flush(LogGroupId group) {
    for (LogStreamFile stream : written.values()) {
      if (stream.group().equals(group)) {
        stream.flush();
      }
    }
  }

  // --- For those that write

  long deletions() {
    return deletions.get();
  }

  long segmentBytes() {
    return segmentBytes;
  }

  void flushSoon(LogStreamFile stream) {
    flusher.soon(stream);
  }

  /** The end of a stream, which is made if it is missing, as is its group. */
  Opened open(LogGroupId group, String name) throws IOException {
    structure.lock();
    try {
      ensure(group);
      List<LogSegment> segments = files.segments(group, name);
      return segments.isEmpty() ? start(group, name, 0) : resume(group, name, segments.getLast());
    } finally {
      structure.unlock();
    }
  }

  /** Another segment of a stream, whose oldest goes where it has enough of them. */
  Opened next(LogGroupId group, String name, long base) throws IOException {
    structure.lock();
    try {
      ensure(group);
      List<LogSegment> segments = files.segments(group, name);
      for (int i = 0; i <= segments.size() - MOST_SEGMENTS; i++) {
        Files.deleteIfExists(segments.get(i).file());
        if (full.add(new StreamKey(group, name))) {
          LOG.warn(
              "the log stream {} of {} keeps its last {} bytes only",
              name,
              group.name(),
              MOST_SEGMENTS * segmentBytes);
        }
      }
      return start(group, name, base);
    } finally {
      structure.unlock();
    }
  }

  private void ensure(LogGroupId id) {
    if (known.contains(id)) {
      return;
    }
    if (!hasGroup(id)) {
      createGroup(id, LogGroupRecord.logged(id.name(), clock.millis()));
    }
    known.add(id);
  }

  private Opened start(LogGroupId group, String name, long base) throws IOException {
    List<LogSegment> before = base == 0 ? List.of() : files.segments(group, name);
    LogSegment.Header first = before.isEmpty() ? null : before.getFirst().header();
    LogSegment segment = LogSegment.of(files.made(group), LogNames.encoded(name), base);
    byte[] header =
        new LogSegment.Header(first == null ? clock.millis() : first.created(), name).line();
    OutputStream out = appending.to(Files.createFile(segment.file()));
    out.write(header);
    return new Opened(out, base, header.length, deletions.get());
  }

  /** Goes on behind the last whole line: half a one would spoil the next. */
  private Opened resume(LogGroupId group, String name, LogSegment segment) throws IOException {
    long whole = segment.wholeBytes();
    if (whole == 0) {
      Files.deleteIfExists(segment.file());
      return start(group, name, segment.base());
    }
    if (whole < Files.size(segment.file())) {
      try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
        channel.truncate(whole);
      }
    }
    return new Opened(appending.to(segment.file()), segment.base(), whole, deletions.get());
  }

  // --- Retention

  /** Deletes what groups are to keep no longer. */
  void sweep() {
    for (Located<LogGroupRecord> group : records.read(reader -> reader.all(LogRecords.GROUP))) {
      Integer days = group.value().retentionInDays();
      LogGroupId id = id(group);
      if (days != null && id != null) {
        try {
          deleteBefore(id, clock.millis() - Duration.ofDays(days).toMillis());
        } catch (IOException e) {
          LOG.warn("old events of the log group {} cannot be deleted: {}", id, e.toString());
        }
      }
    }
  }

  private static @Nullable LogGroupId id(Located<LogGroupRecord> group) {
    String scope = group.key().parent();
    int slash = scope.indexOf('/');
    return slash < 0
        ? null
        : new LogGroupId(
            scope.substring(0, slash), scope.substring(slash + 1), group.value().name());
  }

  private void deleteBefore(LogGroupId group, long time) throws IOException {
    structure.lock();
    try {
      for (LogSegment segment : files.segments(group)) {
        if (Files.getLastModifiedTime(segment.file()).toMillis() < time) {
          Files.deleteIfExists(segment.file());
          deletions.incrementAndGet();
        }
      }
    } finally {
      structure.unlock();
    }
  }

  /** Writes what is left to write. */
  @Override
  public void close() {
    flusher.close();
    for (LogStreamFile stream : written.values()) {
      stream.end();
    }
    folder.close();
  }
}
