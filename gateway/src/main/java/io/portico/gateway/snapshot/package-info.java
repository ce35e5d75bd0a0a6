/**
 * What serves traffic: immutable, compiled from records, swapped whole.
 *
 * <p>A request reads the current {@link io.portico.gateway.snapshot.GatewaySnapshot} once and sees
 * one consistent world. Everything a request would otherwise look up or parse stands here ready.
 * Knows the foundations only; never records, and never what changes while serving.
 */
@NullMarked
package io.portico.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
