/** Tests of what runtimes need. */
@NullMarked
package io.portico.lambda.runtime;

import org.jspecify.annotations.NullMarked;
