/** Functions as stored. */
@NullMarked
package io.portico.lambda.model;

import org.jspecify.annotations.NullMarked;
