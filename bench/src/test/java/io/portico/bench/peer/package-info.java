/** Tests of the gateways' files and of what is proven about them. */
@NullMarked
package io.portico.bench.peer;

import org.jspecify.annotations.NullMarked;
