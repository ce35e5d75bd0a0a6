/** Tests of JSONPath. */
@NullMarked
package io.portico.gateway.jsonpath;

import org.jspecify.annotations.NullMarked;
