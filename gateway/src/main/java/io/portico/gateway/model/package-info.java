/**
 * Records: what was configured, as stored. Immutable, durable, replaced by control-plane calls.
 *
 * <p>A record's members carry AWS's own names and meanings; a null member was not set. Nothing here
 * is made for running: what serves traffic is compiled from these into {@code snapshot}.
 */
@NullMarked
package io.portico.gateway.model;

import org.jspecify.annotations.NullMarked;
