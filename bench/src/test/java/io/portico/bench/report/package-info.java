/** Tests of what windows add up to. */
@NullMarked
package io.portico.bench.report;

import org.jspecify.annotations.NullMarked;
