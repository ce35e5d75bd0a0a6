/**
 * Event loops and the virtual threads that run on them.
 *
 * <p>Knows neither HTTP nor who uses it. Everything here that is not said to be safe for other
 * threads belongs to its loop's thread alone.
 */
@NullMarked
package io.portico.transport.loop;

import org.jspecify.annotations.NullMarked;
