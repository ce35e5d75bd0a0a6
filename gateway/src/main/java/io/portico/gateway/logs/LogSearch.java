package io.portico.gateway.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. A segment is read as a whole, unless its times say that it has nothing to give:
 * events of a stream may stand there in another order than that in which they happened.
 */
final class LogSearch {
  /** Events happen this long after they come at most; what is later is refused. */
  static final long FUTURE = Duration.ofHours(2).toMillis();

  private final LogFiles files;
  private final SegmentTimes.Known times = new SegmentTimes.Known();

  LogSearch(LogFiles files) {
    this.files = files;
  }

  /** A segment that may have something to give. */
  private record Candidate(LogSegment segment, String stream, SegmentTimes.Content content) {
    long modified() {
      return content.modified().toMillis();
    }
  }

  EventPage events(LogGroupId group, Predicate<String> streams, EventQuery query)
      throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (Map.Entry<String, List<LogSegment>> stream : files.streams(group).entrySet()) {
      if (streams.test(stream.getKey())) {
        for (LogSegment segment : stream.getValue()) {
          Candidate candidate = candidate(segment, stream.getKey());
          if (candidate != null) {
            candidates.add(candidate);
          }
        }
      }
    }
    // Those that are likely to have the nearest events come first, so that others can be left out.
    Comparator<Candidate> order = Comparator.comparingLong(Candidate::modified);
    candidates.sort(query.forward() ? order : order.reversed());
    EventSelection selection = new EventSelection(query);
    for (Candidate candidate : candidates) {
      if (mayGive(candidate, selection)) {
        take(candidate, query, selection);
      }
    }
    return selection.page();
  }

  private static @Nullable Candidate candidate(LogSegment segment, String stream)
      throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(segment.file(), BasicFileAttributes.class);
      return new Candidate(
          segment,
          stream,
          new SegmentTimes.Content(
              attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private boolean mayGive(Candidate candidate, EventSelection selection) {
    SegmentTimes known = times.of(candidate.segment.file(), candidate.content);
    return known == null
        ? selection.wants(0, candidate.modified() + FUTURE)
        : selection.wants(known.earliest(), known.latest());
  }

  private void take(Candidate candidate, EventQuery query, EventSelection selection)
      throws IOException {
    SegmentTimes found =
        read(
            candidate.segment,
            reader -> {
              LogPosition place =
                  new LogPosition(
                      reader.timestamp(),
                      reader.ingestionTime(),
                      candidate.stream,
                      candidate.segment.base() + reader.offset());
              if (selection.wants(place)) {
                String message = reader.message();
                if (query.filter().test(message)) {
                  selection.add(new LogEvent(place, message));
                }
              }
            });
    times.put(candidate.segment.file(), candidate.content, found);
  }

  /** What is done with each event of a segment. */
  private interface Visit {
    void event(SegmentReader reader);
  }

  private static SegmentTimes read(LogSegment segment, Visit visit) throws IOException {
    byte[] content = segment.content();
    SegmentReader reader = new SegmentReader(content);
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    long ingested = Long.MIN_VALUE;
    while (reader.next()) {
      earliest = Math.min(earliest, reader.timestamp());
      latest = Math.max(latest, reader.timestamp());
      ingested = Math.max(ingested, reader.ingestionTime());
      visit.event(reader);
    }
    return new SegmentTimes(earliest, latest, ingested);
  }

  /**
   * A stream as its first and its last segment say.
   *
   * @param segments at least one, in their order
   * @return null where it is gone
   */
  @Nullable StreamSummary summary(String name, List<LogSegment> segments) throws IOException {
    LogSegment.Header header = segments.getFirst().header();
    if (header == null) {
      return null;
    }
    SegmentTimes first = times(segments.getFirst());
    SegmentTimes last = times(segments.getLast());
    if (last.isEmpty() && segments.size() > 1) {
      last = times(segments.get(segments.size() - 2));
    }
    return new StreamSummary(
        name,
        header.created(),
        first.isEmpty() ? null : Long.valueOf(first.earliest()),
        last.isEmpty() ? null : Long.valueOf(last.latest()),
        last.isEmpty() ? null : Long.valueOf(last.ingested()));
  }

  private SegmentTimes times(LogSegment segment) throws IOException {
    Candidate candidate = candidate(segment, "");
    SegmentTimes known = candidate == null ? null : times.of(segment.file(), candidate.content);
    if (known != null) {
      return known;
    }
    SegmentTimes found = read(segment, reader -> {});
    if (candidate != null) {
      times.put(segment.file(), candidate.content, found);
    }
    return found;
  }
}
