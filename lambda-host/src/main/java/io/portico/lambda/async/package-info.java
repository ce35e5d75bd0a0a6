/**
 * <b>Asynchronous invocation</b>: events that wait in the store, their attempts, and where it is
 * told what they came to. Knows nothing of Lambda's API and of how a function is run.
 */
@NullMarked
package io.portico.lambda.async;

import org.jspecify.annotations.NullMarked;
