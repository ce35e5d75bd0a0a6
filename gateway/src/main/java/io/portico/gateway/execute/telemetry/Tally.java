package io.portico.gateway.execute.telemetry;

import io.portico.gateway.metrics.Distribution;

/**
 * What API Gateway counts for CloudWatch under one set of dimensions. Recording allocates nothing
 * and takes no lock.
 */
interface Tally {

  /**
   * Counts a call. That there was one is counted last: what is handed on meanwhile may have a part
   * of it too early, and none of it is left behind where nothing else is counted any more.
   */
  void record(Answer answer);

  /**
   * Hands on what was counted since the last time.
   *
   * @return whether that was anything
   */
  boolean drain(Measured measured);

  /** Hears of the values of one metric. */
  @FunctionalInterface
  interface Measured {
    void accept(String name, String unit, Distribution values);
  }
}
