/** Tests of the harness from outside: options and what modules it may see. */
@NullMarked
package io.portico.bench;

import org.jspecify.annotations.NullMarked;
