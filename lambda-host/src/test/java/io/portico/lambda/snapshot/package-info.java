/** Tests of what is ready to run. */
@NullMarked
package io.portico.lambda.snapshot;

import org.jspecify.annotations.NullMarked;
