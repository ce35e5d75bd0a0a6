package io.portico.server;

import io.portico.gateway.execute.telemetry.LogFile;
import io.portico.gateway.execute.telemetry.StreamLines;
import io.portico.server.config.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Where the lines of a log go: standard output, or a file. */
final class LogOutput {
  private static final long MEGABYTE = 1024 * 1024;

  private static final StreamLines.Target STANDARD_OUTPUT =
      new SharedStream(new FileOutputStream(FileDescriptor.out).getChannel());

  private LogOutput() {}

  static StreamLines.Target standardOutput() {
    return STANDARD_OUTPUT;
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
      FileChannel _ = file.channel();
      return file;
    } catch (IOException e) {
      throw new ConfigException(
          key + ": " + path + ": not a file that can be appended to: " + e, e);
    }
  }
}
