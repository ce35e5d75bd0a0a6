/**
 * JSON Schema draft-04, compiled once and bounded. A reference resolves within the schemas given
 * and nowhere else: no network, no file. What is wrong with a value is told in the words of AWS's
 * validator.
 *
 * <p>Knows nothing of models.
 */
@NullMarked
package io.portico.gateway.jsonschema;

import org.jspecify.annotations.NullMarked;
