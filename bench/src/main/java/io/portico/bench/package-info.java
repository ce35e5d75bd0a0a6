/**
 * The load harness for the whole: the packaged Portico process and its peers, measured from
 * outside.
 *
 * <p>It starts processes, sends requests and reads the kernel's clocks; it knows no class of the
 * gateway, but for {@code micro}, which measures the gateway's parts.
 */
@NullMarked
package io.portico.bench;

import org.jspecify.annotations.NullMarked;
