/** OpenAPI 2.0 and 3.0 with {@code x-amazon-apigateway-*} extensions, to and from records. */
@NullMarked
package io.portico.gateway.control.openapi;

import org.jspecify.annotations.NullMarked;
