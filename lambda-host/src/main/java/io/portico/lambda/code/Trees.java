package io.portico.lambda.code;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Folders with all that is in them. */
public final class Trees {
  private static final Set<PosixFilePermission> ALL_BY_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private static final int MOST_ATTEMPTS = 10;
  private static final long PAUSE_NANOS = 50_000_000;

  private Trees() {}

  /**
   * Deletes a file or a folder, if it is there, even one that is closed to writing. What links lead
   * to stays. Where a process that is ending still adds to it or takes from it, once more.
   */
  public static void delete(Path path) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        deleteOnce(path);
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void deleteOnce(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!Files.isWritable(folder)) {
              Files.setPosixFilePermissions(folder, ALL_BY_OWNER);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException failure)
              throws IOException {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(path)) {
              throw failure;
            }
            Files.setPosixFilePermissions(path, ALL_BY_OWNER);
            deleteOnce(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Lays a tree over another: what is in the way there is replaced, but for folders. Files are
   * linked where the file system can, else copied.
   */
  public static void layOver(Path from, Path onto) throws IOException {
    Path root = from.toRealPath();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path target = onto.resolve(root.relativize(folder));
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
              Files.deleteIfExists(target);
              Files.createDirectory(target);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = onto.resolve(root.relativize(file));
            delete(target);
            if (attributes.isRegularFile()) {
              linkOrCopy(file, target);
            } else {
              Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void linkOrCopy(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | FileSystemException _) {
      // On another device, another user's, or links are unknown there.
      Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * Closes a folder to writing, and all that is in it: to its owner too, unless that is root or
   * opens it again. AWS: source: recorded, facts INV-16.
   */
  static void closeToWriting(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            // A link has no permissions of its own, and what it leads to is closed in its turn.
            if (!attributes.isSymbolicLink()) {
              close(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            close(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void close(Path path) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    permissions.remove(PosixFilePermission.OWNER_WRITE);
    permissions.remove(PosixFilePermission.GROUP_WRITE);
    permissions.remove(PosixFilePermission.OTHERS_WRITE);
    Files.setPosixFilePermissions(path, permissions);
  }
}
