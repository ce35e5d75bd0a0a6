package io.portico.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Zips of a function's code. */
public final class Zips {
  private Zips() {}

  /** One with a single file. */
  public static byte[] of(String name, String content) {
    return of(Map.of(name, content));
  }

  /** One of text files, by name. */
  public static byte[] of(Map<String, String> files) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    files.forEach((name, text) -> contents.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return ofContents(contents);
  }

  /** One of any files, by name. */
  public static byte[] ofContents(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** One with a single file of so many bytes that it takes hardly any. */
  public static byte[] ofLength(String name, int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      byte[] chunk = new byte[65_536];
      for (int left = length; left > 0; left -= chunk.length) {
        zip.write(chunk, 0, Math.min(left, chunk.length));
      }
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * What is in a zip that was made on Unix.
   *
   * @param name ends with a slash for a folder
   * @param mode kind and permissions
   * @param content of a link: where it leads to
   */
  public record Entry(String name, int mode, String content) {
    public static Entry file(String name, String content) {
      return new Entry(name, 0100644, content);
    }

    public static Entry program(String name, String content) {
      return new Entry(name, 0100755, content);
    }

    public static Entry folder(String name) {
      return new Entry(name + "/", 040755, "");
    }

    public static Entry link(String name, String target) {
      return new Entry(name, 0120777, target);
    }
  }

  /** One that was made on Unix. */
  public static byte[] ofEntries(Entry... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Entry entry : entries) {
        ZipArchiveEntry added = new ZipArchiveEntry(entry.name());
        added.setUnixMode(entry.mode());
        zip.putArchiveEntry(added);
        zip.write(entry.content().getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** One that looks well from its directory, and whose file cannot be unpacked. */
  public static byte[] torn(String name) {
    byte[] zip = of(name, "x".repeat(1000));
    int content = 30 + name.length();
    // A kind of block that compressed data do not have.
    zip[content] = (byte) 0xff;
    return zip;
  }

  /** One with a file that may be executed. */
  public static byte[] ofProgram(String name, String content) {
    try {
      Path file = Files.createTempFile("program", ".zip");
      Files.delete(file);
      try (FileSystem zip =
          FileSystems.newFileSystem(
              file, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
        Path entry = zip.getPath(name);
        Path parent = entry.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(entry, content);
        Files.setAttribute(entry, "zip:permissions", PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
