/**
 * What Portico does as seen from outside: each class one promise, kept to real AWS clients over a
 * real listener.
 *
 * <p>Knows a URL and the commands that start the packaged server; no class of Portico is on the
 * class path.
 */
@NullMarked
package io.portico.conformance;

import org.jspecify.annotations.NullMarked;
