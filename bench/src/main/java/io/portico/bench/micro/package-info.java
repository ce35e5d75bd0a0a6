/**
 * The parts of the gateway by themselves: what one operation takes and allocates, measured by JMH.
 *
 * <p>Knows the gateway, which the harness for the whole does not. Needs no network.
 */
@NullMarked
package io.portico.bench.micro;

import org.jspecify.annotations.NullMarked;
