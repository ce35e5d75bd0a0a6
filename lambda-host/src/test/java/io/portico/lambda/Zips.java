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
      zip.write(new byte[length]);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
