/** Tests of schemas: the public suite of draft-04, references, bounds. */
@NullMarked
package io.portico.gateway.jsonschema;

import org.jspecify.annotations.NullMarked;
