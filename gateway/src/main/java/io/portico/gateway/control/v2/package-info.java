/** API Gateway v2's own API: what its operations answer. */
@NullMarked
package io.portico.gateway.control.v2;

import org.jspecify.annotations.NullMarked;
