/**
 * The pipeline of WebSocket APIs and its stages, in AWS's order: what happens on a connection, from
 * {@code $connect} to {@code $disconnect}, and the commands of {@code @connections}. Knows
 * snapshots only; shares with other kinds of APIs what is the same for all of them.
 */
@NullMarked
package io.portico.gateway.execute.websocket;

import org.jspecify.annotations.NullMarked;
