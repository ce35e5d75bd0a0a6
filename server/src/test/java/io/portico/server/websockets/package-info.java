/** WebSocket APIs of a whole gateway, as it is configured: real clients, backends and policies. */
@NullMarked
package io.portico.server.websockets;

import org.jspecify.annotations.NullMarked;
