/** Tests of what functions may take and see. */
@NullMarked
package io.portico.lambda.isolation;

import org.jspecify.annotations.NullMarked;
