/**
 * Requests nobody honest sends, over sockets, for every operation of a published table.
 *
 * <p>Knows the tables and the wire, and no client.
 */
@NullMarked
package io.portico.conformance.hostile;

import org.jspecify.annotations.NullMarked;
