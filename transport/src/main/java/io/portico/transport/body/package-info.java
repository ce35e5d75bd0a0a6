/**
 * Content on its way from one connection to another, or into memory, with back-pressure.
 *
 * <p>Knows loops and bytes, and nothing of requests, responses or how content is framed.
 */
@NullMarked
package io.portico.transport.body;

import org.jspecify.annotations.NullMarked;
