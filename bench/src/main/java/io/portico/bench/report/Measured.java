package io.portico.bench.report;

/**
 * What the windows of one gateway gave.
 *
 * @param busy share of its core that it used
 * @param memory bytes it had resident at most
 */
public record Measured(
    String name,
    String version,
    Series cpuMicros,
    Series requestsPerSecond,
    Series busy,
    long memory) {}
