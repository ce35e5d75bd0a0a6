/** Imports and exports, mostly as data: {@code cases/openapi}. */
@NullMarked
package io.portico.gateway.control.openapi;

import org.jspecify.annotations.NullMarked;
