/** Tests of Lambda's API, over HTTP. */
@NullMarked
package io.portico.lambda.control;

import org.jspecify.annotations.NullMarked;
