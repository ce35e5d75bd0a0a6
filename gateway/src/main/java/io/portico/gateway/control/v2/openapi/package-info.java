/**
 * OpenAPI 3.0 documents with {@code x-amazon-apigateway-*} extensions, to and from the records of
 * HTTP APIs.
 *
 * <p>Pure functions: ids are handed in, nothing is stored or fetched here.
 */
@NullMarked
package io.portico.gateway.control.v2.openapi;

import org.jspecify.annotations.NullMarked;
