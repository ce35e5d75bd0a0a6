/**
 * OpenAPI 2.0 and 3.0 documents with {@code x-amazon-apigateway-*} extensions, to and from records.
 *
 * <p>Pure functions: ids and time are handed in, nothing is stored or fetched here.
 */
@NullMarked
package io.portico.gateway.control.openapi;

import org.jspecify.annotations.NullMarked;
