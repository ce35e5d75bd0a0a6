package io.portico.server;

import io.portico.gateway.execute.telemetry.LogFile;
import io.portico.gateway.execute.telemetry.StreamLines;
import io.portico.server.config.ConfigException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where the lines of a log go: standard output, or a file. */
final class LogOutput {
  private static final long MEGABYTE = 1024 * 1024;

  /**
   * Written to by one at a time, as several logs may go there: a line stands whole. Its buffer is
   * too small to hold anything back.
   */
  private static final OutputStream STANDARD_OUTPUT =
      new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1);

  private LogOutput() {}

  static StreamLines.Target standardOutput() {
    return () -> STANDARD_OUTPUT;
  }

  /**
   * A file, opened at once: one that cannot be written is found when the gateway starts.
   *
   * @param key that names it
   * @param maxSize in megabytes, from which on it is rotated; 0 for never
   * @param maxFiles kept beside it
   * @throws ConfigException if it cannot be appended to
   */
  static StreamLines.Target file(String key, Path path, int maxSize, int maxFiles) {
    LogFile file =
        maxSize == 0 ? new LogFile(path) : new LogFile(path, maxSize * MEGABYTE, maxFiles);
    try {
      file.stream();
      return file;
    } catch (IOException e) {
      throw new ConfigException(
          key + ": " + path + ": not a file that can be appended to: " + e, e);
    }
  }
}
