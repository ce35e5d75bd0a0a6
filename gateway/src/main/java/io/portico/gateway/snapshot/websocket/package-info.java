/**
 * What the data plane of WebSocket APIs runs on: routes, whom they let in, what they call and what
 * they answer, ready to serve. Knows nothing of records.
 */
@NullMarked
package io.portico.gateway.snapshot.websocket;

import org.jspecify.annotations.NullMarked;
