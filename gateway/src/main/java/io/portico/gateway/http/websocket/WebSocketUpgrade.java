package io.portico.gateway.http.websocket;

/** What takes the place of HTTP on a client's connection once its handshake is answered. */
public record WebSocketUpgrade(WebSocketListener listener, WebSocketLimits limits) {}
