/**
 * Why a request was answered as it was: the last of them are kept in a bounded ring, and put into
 * words when somebody asks. The request path only records; it knows nothing of this package.
 */
@NullMarked
package io.portico.gateway.execute.explain;

import org.jspecify.annotations.NullMarked;
