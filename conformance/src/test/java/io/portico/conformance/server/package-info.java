/**
 * The packaged server as a child process, and the annotation that starts it for a test.
 *
 * <p>Knows the command line and the ready line, nothing of what the server is asked.
 */
@NullMarked
package io.portico.conformance.server;

import org.jspecify.annotations.NullMarked;
