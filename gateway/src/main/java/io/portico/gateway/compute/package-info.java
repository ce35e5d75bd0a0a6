/**
 * What a computation owes to those who wait beside it: an end, and to leave the event loop when it
 * takes long.
 *
 * <p>Knows nothing of what is computed, nor of event loops.
 */
@NullMarked
package io.portico.gateway.compute;

import org.jspecify.annotations.NullMarked;
