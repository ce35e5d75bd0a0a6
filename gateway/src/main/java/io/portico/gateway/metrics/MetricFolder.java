package io.portico.gateway.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which series stand, a file each. It is made when the first value comes. */
public final class MetricFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricFolder.class);
  private static final String SUFFIX = ".series";

  private final boolean temporary;
  private @Nullable Path path;
  private boolean closed;

  private MetricFolder(boolean temporary, @Nullable Path path) {
    this.temporary = temporary;
    this.path = path;
  }

  /** A folder that stays. */
  public static MetricFolder at(Path path) {
    return new MetricFolder(false, path.toAbsolutePath());
  }

  /** A folder that is deleted when this is closed. */
  public static MetricFolder temporary() {
    return new MetricFolder(true, null);
  }

  /** The files of the series there are. */
  synchronized List<Path> files() throws IOException {
    Path known = path;
    if (known == null || !Files.isDirectory(known)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(known)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
  }

  /** Where a series of that name stands; the folder is there then. */
  synchronized Path file(String name) throws IOException {
    if (closed) {
      throw new IOException("there is no place for metrics any more");
    }
    Path known = path;
    if (known == null) {
      known = Files.createTempDirectory("portico-metrics-");
      path = known;
    }
    return Files.createDirectories(known).resolve(name + SUFFIX);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Path known = path;
    if (temporary && known != null) {
      path = null;
      try {
        delete(known);
      } catch (IOException e) {
        LOG.warn("{} cannot be deleted: {}", known, e.toString());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
    Files.deleteIfExists(folder);
  }
}
