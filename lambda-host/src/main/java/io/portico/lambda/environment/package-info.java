/**
 * <b>Execution environments</b>: processes that run functions, and the Runtime API by which they
 * are handed events. Runtime state: it dies with this process, and every child with it.
 */
@NullMarked
package io.portico.lambda.environment;

import org.jspecify.annotations.NullMarked;
