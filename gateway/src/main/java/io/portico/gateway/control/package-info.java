/**
 * The control plane: AWS's management APIs over records.
 *
 * <p>Knows records, the store and the compiler. Never sees {@code execute}: what changes is
 * published as a snapshot, and the data plane reads that.
 */
@NullMarked
package io.portico.gateway.control;

import org.jspecify.annotations.NullMarked;
