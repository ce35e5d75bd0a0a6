/** Tests of processes and the kernel's clocks, on this very process. */
@NullMarked
package io.portico.bench.process;

import org.jspecify.annotations.NullMarked;
