/** Tests of what runtimes need and of how functions are started. */
@NullMarked
package io.portico.lambda.runtime;

import org.jspecify.annotations.NullMarked;
