/**
 * The gateways that can be measured, each started from its own configuration file in {@code
 * bench/peers}.
 *
 * <p>Knows how to start them, not how they are measured.
 */
@NullMarked
package io.portico.bench.peer;

import org.jspecify.annotations.NullMarked;
