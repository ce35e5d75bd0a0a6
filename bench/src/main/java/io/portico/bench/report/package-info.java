/**
 * What windows add up to: best, median, spread, ratios, and the table in {@code
 * docs/performance.md}.
 *
 * <p>Pure: takes numbers, gives text.
 */
@NullMarked
package io.portico.bench.report;

import org.jspecify.annotations.NullMarked;
