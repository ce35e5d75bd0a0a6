/**
 * What an operator can set: one record tree, filled from defaults, a YAML file, the environment and
 * flags, each going before the one named first.
 *
 * <p>Knows nothing of what the settings are for.
 */
@NullMarked
package io.portico.server.config;

import org.jspecify.annotations.NullMarked;
