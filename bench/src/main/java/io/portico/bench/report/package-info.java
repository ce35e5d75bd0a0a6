/**
 * What windows add up to: best, median, spread, ratios, the tables in {@code docs/performance.md},
 * and which targets they meet.
 *
 * <p>Takes numbers, gives text; knows nothing of how it was measured.
 */
@NullMarked
package io.portico.bench.report;

import org.jspecify.annotations.NullMarked;
