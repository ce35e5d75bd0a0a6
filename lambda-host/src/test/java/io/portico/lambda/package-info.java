/** Tests of the Lambda host: over real listeners, with real processes. */
@NullMarked
package io.portico.lambda;

import org.jspecify.annotations.NullMarked;
