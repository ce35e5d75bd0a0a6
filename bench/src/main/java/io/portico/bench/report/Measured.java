package io.portico.bench.report;

/** What the windows of one gateway gave. */
public record Measured(
    String name, String version, Series cpuMicros, Series requestsPerSecond, Series busy) {}
