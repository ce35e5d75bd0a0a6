/**
 * The process: start and stop, the shared port, Portico's own endpoints, and the wiring of all
 * parts by hand in {@link io.portico.server.GatewayAssembly}.
 *
 * <p>The one place that sees every part. It decides nothing about APIs.
 */
@NullMarked
package io.portico.server;

import org.jspecify.annotations.NullMarked;
