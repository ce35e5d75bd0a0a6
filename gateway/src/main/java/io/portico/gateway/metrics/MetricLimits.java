package io.portico.gateway.metrics;

/**
 * How much is kept.
 *
 * @param series of all accounts and regions
 * @param bytes of their files
 */
public record MetricLimits(int series, long bytes) {
  /** A tenth is for API Gateway's, whatever dimensions users have. */
  private static final int PARTS = 10;

  /** How many there may be when a series of a user's is begun. */
  public int seriesOfUsers() {
    return series - series / PARTS;
  }
}
