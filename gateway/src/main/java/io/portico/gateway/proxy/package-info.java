/**
 * Payload format 2.0: how an HTTP request becomes the event of a function, and what the function
 * returns an HTTP answer. Function URLs of Lambda speak it, as do HTTP APIs of API Gateway.
 *
 * <p>Knows neither: what it is told of the API or the function it writes down.
 */
@NullMarked
package io.portico.gateway.proxy;

import org.jspecify.annotations.NullMarked;
