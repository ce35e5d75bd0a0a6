/**
 * <b>Runtimes</b>: which there are, what they need of this machine, how their functions are
 * started.
 */
@NullMarked
package io.portico.lambda.runtime;

import org.jspecify.annotations.NullMarked;
