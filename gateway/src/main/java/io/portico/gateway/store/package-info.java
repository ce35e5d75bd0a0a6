/**
 * The port behind which records live, and the typed view of it that the control plane uses.
 *
 * <p>An implementation sees keys and bytes; it knows nothing of what a record means.
 */
@NullMarked
package io.portico.gateway.store;

import org.jspecify.annotations.NullMarked;
