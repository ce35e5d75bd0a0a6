/**
 * <b>CloudWatch Logs' API</b>: one class a family of operations, one method an operation, named as
 * AWS does.
 */
@NullMarked
package io.portico.gateway.control.logs;

import org.jspecify.annotations.NullMarked;
