@NullMarked
package io.portico.lambda.url;

import org.jspecify.annotations.NullMarked;
