/**
 * Function URLs: calls them over HTTP, without API Gateway.
 *
 * <p>Knows of functions what the catalog says; how a URL is configured is not its business.
 */
@NullMarked
package io.portico.lambda.url;

import org.jspecify.annotations.NullMarked;
