/** Tests of asynchronous invocation without a host. */
@NullMarked
package io.portico.lambda.async;

import org.jspecify.annotations.NullMarked;
