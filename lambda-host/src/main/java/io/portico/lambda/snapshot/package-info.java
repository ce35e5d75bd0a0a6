/** Functions that are ready to run: immutable, replaced when their records change. */
@NullMarked
package io.portico.lambda.snapshot;

import org.jspecify.annotations.NullMarked;
