/**
 * JSON-patch as API Gateway means it: per operation and path, which {@code op} and value are
 * allowed.
 */
@NullMarked
package io.portico.gateway.control.patch;

import org.jspecify.annotations.NullMarked;
