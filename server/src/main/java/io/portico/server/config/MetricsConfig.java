package io.portico.server.config;

/** How much CloudWatch keeps of metrics. */
public record MetricsConfig(
    @Setting(
            value =
                "Most series (a metric with its dimensions) that are kept, of API Gateway and of"
                    + " users; a value of one beyond is refused, or dropped and counted"
                    + " (portico.metrics.refused). A series takes about a kilobyte of memory.",
            byDefault = "10000",
            unit = "series",
            min = 1,
            max = 1_000_000)
        int maxSeries,
    @Setting(
            value =
                "Most that the files of all series may take; values beyond are refused, or dropped"
                    + " and counted. A series that has values each minute grows to about 1 to 5"
                    + " megabytes over the 15 months that it is kept.",
            byDefault = "1024",
            unit = "megabytes",
            min = 1,
            max = 1_000_000)
        int maxSize) {

  /** The same in bytes. */
  public long maxBytes() {
    return maxSize * 1024L * 1024;
  }
}
