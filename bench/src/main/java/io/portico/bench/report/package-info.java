/**
 * What windows add up to: best, median, spread, ratios, and the table in {@code
 * docs/performance.md}.
 *
 * <p>Takes numbers, gives text; knows nothing of what was measured.
 */
@NullMarked
package io.portico.bench.report;

import org.jspecify.annotations.NullMarked;
