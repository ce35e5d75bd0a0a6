/**
 * Programs of this machine: where they are, and running them to their end.
 *
 * <p>Knows nothing of what they do.
 */
@NullMarked
package io.portico.conformance.process;

import org.jspecify.annotations.NullMarked;
