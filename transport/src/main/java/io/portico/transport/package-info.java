/**
 * Netty: listeners, upstream client, request threads. Implements the ports of {@code gateway.http}
 * and knows no API.
 *
 * <p>{@code loop} holds event loops and the virtual threads they run; {@code wire} is framing;
 * {@code body} is content under way; {@code listener} takes requests; {@code websocket} is what may
 * become of them; {@code upstream} calls backends.
 */
@NullMarked
package io.portico.transport;

import org.jspecify.annotations.NullMarked;
