/** Tests of the two ends of a run, against each other over loopback. */
@NullMarked
package io.portico.bench.load;

import org.jspecify.annotations.NullMarked;
