package io.portico.store;

import io.portico.gateway.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory one server keeps its records in, held by a lock for as long as it is open. The
 * operating system drops the lock with the process, however that ends.
 */
final class DataDirectory implements AutoCloseable {
  /**
   * What this process holds. A POSIX lock belongs to the process, and closing any descriptor of the
   * file drops it: so the lock file of a directory held here is not even opened.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the directory where it is missing, and locks it.
   *
   * @throws StoreException if it cannot be used, or another server uses it
   */
  static DataDirectory open(Path directory) {
    Path path = created(directory);
    synchronized (HELD) {
      if (HELD.contains(path)) {
        throw inUse(path, "this process");
      }
      FileChannel lockFile = lock(path);
      HELD.add(path);
      return new DataDirectory(path, lockFile);
    }
  }

  Path path() {
    return path;
  }

  Path database() {
    return path.resolve("portico.db");
  }

  /**
   * Makes the database's file where there is none. Its owner alone can read it, also where others
   * may enter the directory, and SQLite gives the files beside it the same permissions.
   *
   * @throws StoreException if it cannot be made
   */
  void createDatabase() {
    if (Files.exists(database())) {
      return;
    }
    try {
      Files.createFile(database(), ownersAlone(path, "rw-------"));
    } catch (IOException e) {
      throw new StoreException(database() + " cannot be created: " + reason(e), e);
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(path);
      try {
        lockFile.close();
      } catch (IOException e) {
        throw new StoreException("cannot release the data directory " + path, e);
      }
    }
  }

  private static Path created(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        createPrivate(directory);
        if (parent != null) {
          sync(parent);
        }
      }
      return directory.toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          "the data directory "
              + directory
              + " cannot be created: "
              + e.getFile()
              + " is not a directory",
          e);
    } catch (IOException e) {
      throw new StoreException(
          "the data directory " + directory + " cannot be used: " + reason(e), e);
    }
  }

  /** Readable by its owner alone: keys and passwords will stand in it. */
  private static void createPrivate(Path directory) throws IOException {
    Files.createDirectory(directory, ownersAlone(directory, "rwx------"));
  }

  /** Permissions, where the file system has any. */
  private static FileAttribute<?>[] ownersAlone(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Makes a new entry of {@code directory} survive the machine; not every system can. */
  private static void sync(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileChannel lock(Path path) {
    Path file = path.resolve("portico.lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw inUse(path, holder.isEmpty() ? "another process" : "process " + holder);
      }
      channel.truncate(0);
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      return channel;
    } catch (IOException e) {
      closeAfter(e, channel);
      throw new StoreException("the data directory " + path + " cannot be locked: " + reason(e), e);
    }
  }

  private static void closeAfter(IOException failure, @Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static StoreException inUse(Path path, String holder) {
    return new StoreException(
        "the data directory " + path + " is in use by another Portico server (" + holder + ")",
        null);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
