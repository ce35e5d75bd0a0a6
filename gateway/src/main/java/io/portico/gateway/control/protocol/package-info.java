/**
 * AWS's wire: from an HTTP request to an operation's input, and from its output back.
 *
 * <p>Which operations exist, how they are routed, bound and validated stands in one operation table
 * per service, data derived from AWS's published service models. A family's method is reached as an
 * {@link io.portico.gateway.control.protocol.OperationHandler}.
 */
@NullMarked
package io.portico.gateway.control.protocol;

import org.jspecify.annotations.NullMarked;
