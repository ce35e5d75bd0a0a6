package io.portico.lambda.code;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when something changes in folders that functions run from. What an editor or a build writes
 * within a moment is one change. Folders of installed packages, and hidden ones, are not looked at:
 * they may be very many.
 */
public final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration MOMENT = Duration.ofMillis(100);

  /** Folders of others' making. */
  private static final Set<String> NOT_WATCHED = Set.of("node_modules", "__pycache__");

  private final Consumer<Path> changed;
  private final Map<WatchKey, Path> roots = new HashMap<>();
  private final Set<Path> watched = new HashSet<>();
  private @Nullable WatchService service;
  private boolean closed;

  /**
   * @param changed told of a folder in which something has changed, on a thread of this watch
   */
  public FolderWatch(Consumer<Path> changed) {
    this.changed = changed;
  }

  /** Watches a folder from now on; once is enough. */
  public synchronized void add(Path folder) {
    if (closed || !watched.add(folder)) {
      return;
    }
    try {
      WatchService running = service;
      if (running == null) {
        WatchService started = FileSystems.getDefault().newWatchService();
        Thread.ofPlatform().daemon().name("functions-watch").start(() -> watch(started));
        running = started;
        service = started;
      }
      register(running, folder, folder);
    } catch (IOException e) {
      watched.remove(folder);
      LOG.warn("{} is not watched for changes: {}", folder, e.toString());
    }
  }

  private void register(WatchService running, Path root, Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            String name = String.valueOf(each.getFileName());
            if (!each.equals(root) && (NOT_WATCHED.contains(name) || name.startsWith("."))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            roots.put(
                each.register(
                    running,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE),
                root);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void watch(WatchService running) {
    Set<Path> pending = new HashSet<>();
    try {
      while (true) {
        WatchKey key =
            pending.isEmpty()
                ? running.take()
                : running.poll(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        if (key != null) {
          Path root = taken(running, key);
          if (root != null) {
            pending.add(root);
          }
        } else {
          pending.forEach(this::tell);
          pending.clear();
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("the watch ends", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The root in which something has happened; new folders in it are watched, too. */
  private synchronized @Nullable Path taken(WatchService running, WatchKey key) {
    Path root = roots.get(key);
    boolean folders =
        key.pollEvents().stream()
            .anyMatch(event -> !event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY));
    if (!key.reset()) {
      roots.remove(key);
      if (root != null && !roots.containsValue(root)) {
        // Built anew, it is watched anew: with the next preparation of what runs from it.
        watched.remove(root);
      }
    }
    if (root != null && folders && Files.isDirectory(root)) {
      try {
        register(running, root, root);
      } catch (IOException e) {
        LOG.warn("new folders in {} are not watched: {}", root, e.toString());
      }
    }
    return root;
  }

  private void tell(Path root) {
    try {
      changed.accept(root);
    } catch (RuntimeException e) {
      LOG.error("a change in {} was not taken", root, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    WatchService running = service;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        LOG.debug("the watch did not close: {}", e.toString());
      }
    }
  }
}
