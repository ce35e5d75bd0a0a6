/**
 * <b>Lambda's API</b>: one class a family of operations, one method an operation, named as AWS
 * does.
 */
@NullMarked
package io.portico.lambda.control;

import org.jspecify.annotations.NullMarked;
