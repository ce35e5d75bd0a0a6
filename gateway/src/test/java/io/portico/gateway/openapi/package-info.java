/** OpenAPI documents as they are read. */
@NullMarked
package io.portico.gateway.openapi;

import org.jspecify.annotations.NullMarked;
