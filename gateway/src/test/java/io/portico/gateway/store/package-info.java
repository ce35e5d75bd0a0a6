/** Tests of how records are written and read. */
@NullMarked
package io.portico.gateway.store;

import org.jspecify.annotations.NullMarked;
