package io.portico.gateway.control.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of an SDK, by their path in its zip. */
final class SdkFiles {
  private final Map<String, String> texts = new TreeMap<>();

  /**
   * Adds a file.
   *
   * @param path made of checked names alone, so that nothing is unpacked outside of its folder
   * @throws IllegalStateException if there is one already
   */
  SdkFiles add(String path, String text) {
    if (texts.putIfAbsent(path, text) != null) {
      throw new IllegalStateException("two files at " + path);
    }
    return this;
  }

  /** The same files with the same time make the same bytes. */
  byte[] zip(Instant time) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> file : texts.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(time.toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
