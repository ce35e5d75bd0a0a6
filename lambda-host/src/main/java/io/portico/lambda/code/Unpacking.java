package io.portico.lambda.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unpacks zips, with the permissions of their files. Nothing is written outside of the folder, and
 * no more than AWS allows, whatever the zip says of itself.
 */
final class Unpacking {
  /** AWS: source: recorded, facts LAM-18. */
  private static final long MOST_BYTES = 262_144_000;

  private static final String TOO_LARGE =
      "Unzipped size must be smaller than " + MOST_BYTES + " bytes";

  /** AWS: source: recorded, facts LAM-16. */
  private static final String BROKEN =
      "Could not unzip uploaded file. Please check your file, then try to upload again.";

  private static final int CHUNK = 65_536;
  private static final Map<String, String> WITH_PERMISSIONS =
      Map.of("enablePosixFileAttributes", "true");

  private Unpacking() {}

  /**
   * Looks through a zip.
   *
   * @return how many bytes are in it
   * @throws InvalidZipException if it cannot be read, or what is in it is too much
   */
  static long check(Path zip) throws InvalidZipException {
    long bytes = 0;
    try (FileSystem content = FileSystems.newFileSystem(zip, Map.of())) {
      for (Path file : files(content)) {
        bytes += Files.size(file);
        if (bytes >= MOST_BYTES) {
          throw new InvalidZipException(TOO_LARGE, null);
        }
      }
      return bytes;
    } catch (IOException | RuntimeException e) {
      // The file system of zips throws unchecked exceptions for some malformed ones.
      throw new InvalidZipException(BROKEN, e);
    }
  }

  /**
   * Writes what is in a zip.
   *
   * @throws IOException if it cannot be read or written, or what is in it is too much
   */
  static void unpack(Path zip, Path folder) throws IOException {
    long left = MOST_BYTES;
    try (FileSystem content = FileSystems.newFileSystem(zip, WITH_PERMISSIONS)) {
      for (Path file : files(content)) {
        Path target = folder.resolve(file.toString().substring(1)).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException(file + " leads out of the zip");
        }
        Files.createDirectories(target.resolve("..").normalize());
        left -= copy(file, target, left);
        permit(file, target);
      }
    }
  }

  private static List<Path> files(FileSystem content) throws IOException {
    try (Stream<Path> tree = Files.walk(content.getPath("/"))) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  private static long copy(Path from, Path to, long most) throws IOException {
    long copied = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      int length = in.read(chunk);
      while (length >= 0) {
        copied += length;
        if (copied >= most) {
          throw new IOException(TOO_LARGE);
        }
        out.write(chunk, 0, length);
        length = in.read(chunk);
      }
    }
    return copied;
  }

  /** As the zip has them; its owner may read in any case. Zips of Windows have none. */
  private static void permit(Path from, Path to) throws IOException {
    if (Files.getAttribute(from, "zip:permissions") instanceof Set<?> given) {
      Set<PosixFilePermission> permissions =
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      for (Object permission : given) {
        permissions.add((PosixFilePermission) permission);
      }
      Files.setPosixFilePermissions(to, permissions);
    }
  }
}
