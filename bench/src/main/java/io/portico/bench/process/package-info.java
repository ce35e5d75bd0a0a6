/**
 * Child processes, the cores they are pinned to and the CPU time they used.
 *
 * <p>Knows nothing of HTTP or of what the processes do.
 */
@NullMarked
package io.portico.bench.process;

import org.jspecify.annotations.NullMarked;
