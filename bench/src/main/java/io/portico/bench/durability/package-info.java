/**
 * Kills a server that is being written to, again and again, and looks for what it had acknowledged.
 *
 * <p>The server is the packaged one; it is written to and read from over the wire.
 */
@NullMarked
package io.portico.bench.durability;

import org.jspecify.annotations.NullMarked;
