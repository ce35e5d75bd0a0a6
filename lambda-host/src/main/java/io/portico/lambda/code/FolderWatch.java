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
import java.util.Iterator;
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
 *
 * <p>A build may delete the folder and make it again, put another in its place, or turn a link to
 * another: of that the system says nothing, so that is looked for.
 */
public final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final Object ABSENT = "absent";

  /** Folders of others' making. */
  private static final Set<String> NOT_WATCHED = Set.of("node_modules", "__pycache__");

  private final Consumer<Path> changed;

  /** Those that a folder of the system's watch belongs to: one may be within another. */
  private final Map<WatchKey, Set<Path>> roots = new HashMap<>();

  /** What each root was when it was last looked at. */
  private final Map<Path, Object> identities = new HashMap<>();

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
    if (closed || identities.containsKey(folder)) {
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
      identities.put(folder, identity(folder));
      register(running, folder);
    } catch (IOException e) {
      if (!identity(folder).equals(ABSENT)) {
        identities.remove(folder);
      }
      LOG.warn("{} is not watched for changes: {}", folder, e.toString());
    }
  }

  /** Watches no folders any more but these. */
  public synchronized void keepOnly(Set<Path> folders) {
    identities.keySet().retainAll(folders);
    Iterator<Map.Entry<WatchKey, Set<Path>>> watched = roots.entrySet().iterator();
    while (watched.hasNext()) {
      Map.Entry<WatchKey, Set<Path>> each = watched.next();
      each.getValue().retainAll(folders);
      if (each.getValue().isEmpty()) {
        each.getKey().cancel();
        watched.remove();
      }
    }
  }

  /** Tells one folder from another of the same name. */
  private static Object identity(Path folder) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return !attributes.isDirectory() ? ABSENT : key == null ? folder : key;
    } catch (IOException e) {
      LOG.trace("{} is not there", folder, e);
      return ABSENT;
    }
  }

  private void register(WatchService running, Path root) throws IOException {
    Path start = root.toRealPath();
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            String name = String.valueOf(each.getFileName());
            if (!each.equals(start) && (NOT_WATCHED.contains(name) || name.startsWith("."))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            WatchKey key =
                each.register(
                    running,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            roots.computeIfAbsent(key, added -> new HashSet<>()).add(root);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (file.equals(start)) {
              throw failure;
            }
            // A build has deleted it meanwhile.
            LOG.trace("{} is not watched", file, failure);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void watch(WatchService running) {
    Set<Path> pending = new HashSet<>();
    long nextLook = System.nanoTime();
    try {
      while (true) {
        Duration patience = pending.isEmpty() ? BETWEEN_LOOKS : MOMENT;
        WatchKey key = running.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (key != null) {
          pending.addAll(taken(running, key));
        } else {
          pending.forEach(this::tell);
          pending.clear();
        }
        if (System.nanoTime() - nextLook >= 0) {
          pending.addAll(replaced(running));
          nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("the watch ends", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The roots in which something has happened; new folders in them are watched, too. */
  private synchronized Set<Path> taken(WatchService running, WatchKey key) {
    Set<Path> told = Set.copyOf(roots.getOrDefault(key, Set.of()));
    boolean folders =
        key.pollEvents().stream()
            .anyMatch(event -> !event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY));
    boolean valid = key.reset();
    if (!valid) {
      roots.remove(key);
    }
    if (folders || !valid) {
      told.forEach(root -> renew(running, root));
    }
    return told;
  }

  /** Watches all folders that are in a root now. */
  private void renew(WatchService running, Path root) {
    Object identity = identity(root);
    if (!identity.equals(ABSENT)) {
      try {
        register(running, root);
      } catch (IOException e) {
        // If it is gone again, it will be looked for.
        identity = identity(root);
        LOG.warn("{} is not watched for changes: {}", root, e.toString());
      }
    }
    identities.put(root, identity);
  }

  /** The roots that are not what they were; they are watched as they are now. */
  private synchronized Set<Path> replaced(WatchService running) {
    Set<Path> replaced = new HashSet<>();
    identities.forEach(
        (root, identity) -> {
          if (!identity.equals(identity(root))) {
            replaced.add(root);
          }
        });
    replaced.forEach(root -> renew(running, root));
    return replaced;
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
