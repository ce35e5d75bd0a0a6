/**
 * API Gateway v1 ({@code apigateway} 2015-07-09): one class a resource family, one public method an
 * operation, named as AWS names it.
 */
@NullMarked
package io.portico.gateway.control.v1;

import org.jspecify.annotations.NullMarked;
