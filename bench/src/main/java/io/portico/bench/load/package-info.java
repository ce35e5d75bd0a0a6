/**
 * The two ends around a measured gateway: a load generator before it and a backend behind it.
 *
 * <p>Knows nothing of which gateway is measured.
 */
@NullMarked
package io.portico.bench.load;

import org.jspecify.annotations.NullMarked;
