/**
 * What a Portico server takes by itself: time to start, memory, and what many APIs add to both.
 *
 * <p>Knows nothing of peers.
 */
@NullMarked
package io.portico.bench.footprint;

import org.jspecify.annotations.NullMarked;
