/** <b>Code</b> of functions: what clients sent, and the folders that it is run from. */
@NullMarked
package io.portico.lambda.code;

import org.jspecify.annotations.NullMarked;
