package io.portico.server.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where stages' access logs go, besides the log groups and delivery streams that they name. */
public record AccessLogConfig(
    @Setting(
            value = "File that access logs are appended to; without it, standard output.",
            byDefault = "")
        @Nullable Path file,
    @Setting(
            value =
                "Size from which on access-log.file is rotated: it becomes .1, what was that .2, and"
                    + " so on. 0 for never; a file that another program moves away is made anew"
                    + " either way.",
            byDefault = "0",
            unit = "megabytes",
            max = 1_000_000)
        int maxSize,
    @Setting(
            value = "Most files kept beside access-log.file once it is rotated; the oldest goes.",
            byDefault = "5",
            unit = "files",
            max = 10_000)
        int maxFiles,
    @Setting(
            value =
                "What becomes of lines where more come than their place takes: drop leaves them out,"
                    + " block lets calls wait before they begin, spill keeps them in a file in data and"
                    + " writes them later. What is left out is counted, whichever it is.",
            byDefault = "drop")
        WhenFull whenFull,
    @Setting(
            value =
                "How long a call waits with access-log.when-full=block; then it goes on, and its line"
                    + " is dropped unless there is room by then.",
            byDefault = "10s",
            min = 1,
            max = 300_000)
        Duration blockTimeout,
    @Setting(
            value = "Most that is kept for each place with access-log.when-full=spill.",
            byDefault = "100",
            unit = "megabytes",
            min = 1,
            max = 1_000_000)
        int spillMaxSize) {

  /** What becomes of lines that do not fit. */
  public enum WhenFull {
    DROP,
    BLOCK,
    SPILL
  }
}
