package io.portico.bench;

import io.portico.bench.load.Traffic;
import io.portico.bench.peer.Peer;
import java.util.List;

/**
 * Gateways that do the same work side by side.
 *
 * @param name as the command line and the section of {@code docs/performance.md} call it
 * @param baseline name of the gateway that the ratios are to
 * @param warmUp rounds before those that count, for what a JVM compiles meanwhile
 * @param rounds that count
 */
record Comparison(
    String name, String baseline, List<Peer> gateways, Traffic traffic, int warmUp, int rounds) {}
