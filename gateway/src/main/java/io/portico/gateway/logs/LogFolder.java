package io.portico.gateway.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which log groups stand. It is made when the first event comes. */
public final class LogFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

  private final boolean temporary;
  private @Nullable Path path;
  private boolean closed;

  private LogFolder(boolean temporary, @Nullable Path path) {
    this.temporary = temporary;
    this.path = path;
  }

  /** A folder that stays. */
  public static LogFolder at(Path path) {
    return new LogFolder(false, path.toAbsolutePath());
  }

  /** A folder that is deleted when this is closed. */
  public static LogFolder temporary() {
    return new LogFolder(true, null);
  }

  /** The folder, or null where there is none yet. */
  synchronized @Nullable Path existing() {
    return path;
  }

  /** The folder, which is there then. */
  synchronized Path made() throws IOException {
    if (closed) {
      throw new IOException("there is no place for logs any more");
    }
    Path known = path;
    if (known == null) {
      known = Files.createTempDirectory("portico-logs-");
      path = known;
    }
    return Files.createDirectories(known);
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

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
