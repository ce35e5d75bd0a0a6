/**
 * Regular expressions whose backtracking is counted, so that neither a hostile expression nor a
 * hostile text can hold a thread.
 *
 * <p>Knows nothing of what the expressions are for.
 */
@NullMarked
package io.portico.gateway.regex;

import org.jspecify.annotations.NullMarked;
