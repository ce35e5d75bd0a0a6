/**
 * Records of WebSocket APIs to what the data plane runs on. A function of records, as all of
 * compiling is.
 */
@NullMarked
package io.portico.gateway.compile.websocket;

import org.jspecify.annotations.NullMarked;
