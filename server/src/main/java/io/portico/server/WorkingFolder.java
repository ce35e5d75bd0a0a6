package io.portico.server;

import io.portico.lambda.code.Trees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for what this process alone needs. A file beside it is locked for as long as it lives:
 * by that, a later process finds the folders of those that were killed, and deletes them.
 */
final class WorkingFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkingFolder.class);
  private static final String PREFIX = "portico-lambda-";
  private static final String LOCK = ".lock";
  private static final int MOST_ATTEMPTS = 20;

  /** A lock is gone as soon as its process closes any channel of the file: not to be tried here. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Path lockFile;
  private final FileChannel lock;

  private WorkingFolder(Path path, Path lockFile, FileChannel lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** One where temporary files are; meanwhile, what others have left is deleted. */
  static WorkingFolder make() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    WorkingFolder made = make(parent);
    Thread.ofVirtual().name("working-folders-sweep").start(() -> made.sweep());
    return made;
  }

  /** One in that folder. */
  static WorkingFolder make(Path parent) throws IOException {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      Path path = Files.createTempDirectory(parent, PREFIX);
      Path lockFile = lockFile(path);
      OWN.add(lockFile);
      WorkingFolder made = null;
      try {
        made =
            new WorkingFolder(
                path,
                lockFile,
                FileChannel.open(
                    lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        // Whoever sweeps may have come between the two, and taken it for one that was left.
        if (made.lock.tryLock() != null && Files.isDirectory(path) && Files.exists(lockFile)) {
          return made;
        }
        made.close();
      } catch (IOException e) {
        if (made != null) {
          made.close();
        } else {
          OWN.remove(lockFile);
          Trees.delete(path);
        }
        throw e;
      }
    }
    throw new IOException("no folder of one's own can be made in " + parent);
  }

  private static Path lockFile(Path path) {
    return path.resolveSibling(path.getFileName() + LOCK);
  }

  /** The folder. */
  Path path() {
    return path;
  }

  /** Deletes what processes of this user have left beside it that were killed. */
  void sweep() {
    Path parent = path.resolveSibling("");
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
      for (Path lockFile : locks) {
        if (!OWN.contains(lockFile)) {
          try {
            sweep(lockFile);
          } catch (IOException e) {
            LOG.debug("{} is left: {}", lockFile, e.toString());
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be searched: {}", parent, e.toString());
    }
  }

  /** Others may put what they like in a folder that all write to: theirs is left alone. */
  private void sweep(Path other) throws IOException {
    UserPrincipal user = Files.getOwner(lockFile);
    String name = String.valueOf(other.getFileName());
    Path left = other.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    if (!isOf(user, other)
        || !Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
        || (Files.exists(left, LinkOption.NOFOLLOW_LINKS) && !isOf(user, left))) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(other, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock free = channel.tryLock()) {
      if (free != null) {
        Trees.delete(left);
        Files.deleteIfExists(other);
        LOG.info("deleted {}, which a process had left that was killed", left);
      }
    }
  }

  private static boolean isOf(UserPrincipal user, Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user);
  }

  /** Deletes it; what cannot be deleted is left to a later process. */
  @Override
  public void close() {
    try (lock) {
      Trees.delete(path);
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      LOG.warn("what only this process needed cannot be deleted: {}", e.toString());
    } finally {
      OWN.remove(lockFile);
    }
  }
}
