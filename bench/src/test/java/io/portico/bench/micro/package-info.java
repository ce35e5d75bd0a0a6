/** Tests of the benchmarks: that they run, and that what they measure succeeds. */
@NullMarked
package io.portico.bench.micro;

import org.jspecify.annotations.NullMarked;
