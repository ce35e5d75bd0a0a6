package io.portico.gateway.logs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which files there are: groups are folders, and segments of streams are files in them. */
final class LogFiles {
  private static final Comparator<LogSegment> ORDER =
      Comparator.comparing(LogSegment::key).thenComparingLong(LogSegment::base);

  private final LogFolder folder;

  LogFiles(LogFolder folder) {
    this.folder = folder;
  }

  /** Where a group stands, made if it is missing. */
  Path made(LogGroupId group) throws IOException {
    return Files.createDirectories(in(folder.made(), group));
  }

  private static Path in(Path folder, LogGroupId group) {
    return folder
        .resolve(LogNames.encoded(group.accountId()))
        .resolve(LogNames.encoded(group.region()))
        .resolve(LogNames.encoded(group.name()));
  }

  /** All segments of a group, those of a stream one behind the other in their order. */
  List<LogSegment> segments(LogGroupId group) throws IOException {
    Path all = folder.existing();
    List<LogSegment> segments = new ArrayList<>();
    if (all == null) {
      return segments;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(in(all, group))) {
      for (Path file : files) {
        LogSegment segment = LogSegment.of(file);
        if (segment != null) {
          segments.add(segment);
        }
      }
    } catch (NoSuchFileException e) {
      return segments;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    segments.sort(ORDER);
    return segments;
  }

  /** The segments of a stream in their order. */
  List<LogSegment> segments(LogGroupId group, String stream) throws IOException {
    String key = LogNames.encoded(stream);
    return segments(group).stream().filter(segment -> segment.key().equals(key)).toList();
  }

  /** The streams of a group by name, each with its segments in their order. */
  Map<String, List<LogSegment>> streams(LogGroupId group) throws IOException {
    Map<String, List<LogSegment>> byKey = new LinkedHashMap<>();
    for (LogSegment segment : segments(group)) {
      byKey.computeIfAbsent(segment.key(), key -> new ArrayList<>()).add(segment);
    }
    Map<String, List<LogSegment>> streams = new LinkedHashMap<>();
    for (List<LogSegment> segments : byKey.values()) {
      String name = segments.getFirst().stream();
      if (name != null) {
        streams.put(name, segments);
      }
    }
    return streams;
  }

  /**
   * Deletes all of a group's files.
   *
   * @return whether there were any
   */
  boolean delete(LogGroupId group) throws IOException {
    Path all = folder.existing();
    if (all == null || !Files.exists(in(all, group))) {
      return false;
    }
    LogFolder.delete(in(all, group));
    return true;
  }
}
