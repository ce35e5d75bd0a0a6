/**
 * JSONPath (Jayway's dialect, which is AWS's own) over plain JSON values, compiled once and
 * bounded.
 *
 * <p>Knows nothing of templates or parameters.
 */
@NullMarked
package io.portico.gateway.jsonpath;

import org.jspecify.annotations.NullMarked;
