package io.portico.gateway.http;

/**
 * A request that a listener answers itself: its head cannot be read, is too long or comes too
 * slowly, or its content does.
 *
 * @param connection it came on
 * @param method empty where it was not read
 * @param target the same; else as it was sent
 * @param protocol such as {@code HTTP/1.1}; empty where it was not read
 * @param status what the client is told, 400 or more; 400 as well where the reset of an HTTP/2
 *     stream is all that it is told
 * @param message the same in words
 * @param reason what the client has sent, to be read after "the client has sent"; nothing of what
 *     it was
 */
public record UnreadRequest(
    ClientConnection connection,
    String method,
    String target,
    String protocol,
    int status,
    String message,
    String reason) {}
