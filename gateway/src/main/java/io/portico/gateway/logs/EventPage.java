package io.portico.gateway.logs;

import java.util.List;

/**
 * Events that a reader gets at once.
 *
 * @param events in their order, the earliest first
 * @param more whether there may be others behind them, in the direction of reading
 */
public record EventPage(List<LogEvent> events, boolean more) {}
