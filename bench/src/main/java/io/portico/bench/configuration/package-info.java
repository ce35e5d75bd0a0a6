/**
 * What configuring costs: writes, imports and lists on a durable server, and what serving notices.
 */
@NullMarked
package io.portico.bench.configuration;

import org.jspecify.annotations.NullMarked;
