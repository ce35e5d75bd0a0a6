/**
 * What the Update operations change and what they refuse, from a table that says the same as {@code
 * docs/patch-operations.md}.
 *
 * <p>Knows operations and their words; the client and the wire are none of its business.
 */
@NullMarked
package io.portico.conformance.patch;

import org.jspecify.annotations.NullMarked;
