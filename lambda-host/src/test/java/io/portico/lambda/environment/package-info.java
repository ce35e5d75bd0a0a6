/** Tests of execution environments, without functions. */
@NullMarked
package io.portico.lambda.environment;

import org.jspecify.annotations.NullMarked;
