/**
 * OpenAPI 2.0 and 3.0 documents, in JSON or YAML, read into one form that knows no version.
 *
 * <p>Documents come from strangers: size, depth, aliases and references are bounded, and nothing is
 * ever fetched. What a vendor's extension means is not known here; extensions are handed on.
 */
@NullMarked
package io.portico.gateway.openapi;

import org.jspecify.annotations.NullMarked;
