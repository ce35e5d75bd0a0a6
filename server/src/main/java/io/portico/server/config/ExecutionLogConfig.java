package io.portico.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where stages' execution logs go, besides their log groups. */
public record ExecutionLogConfig(
    @Setting(
            value =
                "File that events of execution logs are appended to as well, each as a line of JSON;"
                    + " - for standard output. Without it, they are in their log groups alone.",
            byDefault = "")
        @Nullable Path file,
    @Setting(
            value =
                "Size from which on execution-log.file is rotated, as access-log.file is. 0 for"
                    + " never.",
            byDefault = "0",
            unit = "megabytes",
            max = 1_000_000)
        int maxSize,
    @Setting(
            value =
                "Most files kept beside execution-log.file once it is rotated; the oldest goes.",
            byDefault = "5",
            unit = "files",
            max = 10_000)
        int maxFiles) {

  private static final Path STANDARD_OUTPUT = Path.of("-");

  /** Whether {@link #file} stands for standard output. */
  public boolean isToStandardOutput() {
    return STANDARD_OUTPUT.equals(file);
  }
}
