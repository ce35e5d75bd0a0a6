/** Functions by clients of the Runtime API, AWS's and Portico's own, which keep one contract. */
@NullMarked
package io.portico.lambda.client;

import org.jspecify.annotations.NullMarked;
