/** Tests of where code is kept. */
@NullMarked
package io.portico.lambda.code;

import org.jspecify.annotations.NullMarked;
