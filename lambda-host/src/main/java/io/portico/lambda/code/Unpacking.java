package io.portico.lambda.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Unpacks zips, with their folders, their links, and the permissions of their files. Nothing is
 * written outside of the folder, and no more than AWS allows, whatever the zip says of itself.
 */
final class Unpacking {
  /** AWS: source: recorded, facts LAM-18. */
  private static final long MOST_BYTES = 262_144_000;

  private static final String TOO_LARGE =
      "Unzipped size must be smaller than " + MOST_BYTES + " bytes";

  private static final int CHUNK = 65_536;

  private Unpacking() {}

  /**
   * Looks through a zip.
   *
   * @return how many bytes are in it
   * @throws InvalidZipException if it cannot be read, what is in it is too much, or leads out of it
   */
  static long check(Path zip) throws InvalidZipException {
    try (Zip content = Zip.open(zip)) {
      long bytes = 0;
      for (ZipArchiveEntry file : content.files().values()) {
        bytes += Math.max(0, file.getSize());
        if (bytes >= MOST_BYTES) {
          throw new InvalidZipException(TOO_LARGE, null);
        }
      }
      return bytes;
    }
  }

  /**
   * Writes what is in a zip.
   *
   * @throws IOException if it cannot be read or written, or what is in it is too much
   */
  static void unpack(Path zip, Path folder) throws IOException {
    try (Zip content = Zip.open(zip)) {
      for (Path each : content.folders()) {
        Files.createDirectories(folder.resolve(each));
      }
      long left = MOST_BYTES;
      for (Map.Entry<Path, ZipArchiveEntry> file : content.files().entrySet()) {
        Path target = folder.resolve(file.getKey());
        left -= copy(content, file.getValue(), target, left);
        permit(file.getValue(), target);
      }
      // Last, so that nothing is written to where they lead.
      for (Map.Entry<Path, Path> link : content.links().entrySet()) {
        Files.createSymbolicLink(folder.resolve(link.getKey()), link.getValue());
      }
    } catch (InvalidZipException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static long copy(Zip zip, ZipArchiveEntry from, Path to, long most) throws IOException {
    long copied = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = zip.content(from);
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
  private static void permit(ZipArchiveEntry file, Path target) throws IOException {
    int mode = file.getUnixMode();
    if (mode == 0) {
      return;
    }
    Set<PosixFilePermission> permissions =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int bit = 0; bit < all.length; bit++) {
      // From the owner's right to read, 0400, down to the others' to execute, 01.
      if ((mode & (0400 >> bit)) != 0) {
        permissions.add(all[bit]);
      }
    }
    Files.setPosixFilePermissions(target, permissions);
  }
}
