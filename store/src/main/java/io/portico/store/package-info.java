/**
 * Where records live: SQLite in a data directory, or memory.
 *
 * <p>Sees keys and bytes. Knows nothing of what a record means, of either plane, or of HTTP.
 */
@NullMarked
package io.portico.store;

import org.jspecify.annotations.NullMarked;
