/**
 * The command line: verbs, options, what is printed, exit statuses.
 *
 * <p>Turns words into a configuration and hands it on; knows nothing of how a gateway is made.
 */
@NullMarked
package io.portico.server.cli;

import org.jspecify.annotations.NullMarked;
