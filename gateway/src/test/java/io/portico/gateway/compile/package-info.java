/** Records to snapshots, piece by piece. */
@NullMarked
package io.portico.gateway.compile;

import org.jspecify.annotations.NullMarked;
