package io.portico.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * What a stage's <b>method settings</b> say of the requests to a method that have one HTTP method.
 *
 * @param key names these requests in the throttles of usage plans, such as {@code pets/{petId}/GET}
 * @param throttle over all callers, or null
 * @param throttled names what has the throttle's tokens together: these requests, or all of the
 *     method's
 * @param metricsEnabled whether they have metrics of their own beside their stage's
 * @param logging what their execution log says
 */
public record MethodSettings(
    String key,
    @Nullable ThrottleLimit throttle,
    String throttled,
    boolean metricsEnabled,
    ExecutionLogging logging) {}
