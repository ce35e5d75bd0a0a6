/** A carrier that hears what computations say. */
@NullMarked
package io.portico.gateway.compute;

import org.jspecify.annotations.NullMarked;
