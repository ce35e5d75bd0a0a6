/** WebSocket APIs as clients and backends see them: real listeners, clients and backends. */
@NullMarked
package io.portico.transport.websocketapi;

import org.jspecify.annotations.NullMarked;
