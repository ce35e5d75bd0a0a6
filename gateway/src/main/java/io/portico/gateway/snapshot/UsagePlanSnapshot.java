package io.portico.gateway.snapshot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A usage plan: which stages its keys open, and how fast.
 *
 * @param throttle for each key, over all of the plan's stages; or null
 * @param refusal closes the plan (a quota), or null
 * @param stages for each stage, by {@link StageSnapshot#key}, the throttles of its methods by
 *     {@link MethodSnapshot#key}
 */
public record UsagePlanSnapshot(
    String id,
    @Nullable ThrottleLimit throttle,
    @Nullable Refusal refusal,
    Map<String, Map<String, ThrottleLimit>> stages) {}
