package io.portico.gateway.snapshot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A usage plan: which stages its keys open, how fast, and how often.
 *
 * @param throttle for each key, over all of the plan's stages; or null
 * @param quota of each key, over all of the plan's stages; or null
 * @param stages for each stage, by {@link StageSnapshot#key}, the throttles of its methods by
 *     {@link MethodSnapshot#key}
 */
public record UsagePlanSnapshot(
    String id,
    @Nullable ThrottleLimit throttle,
    @Nullable UsageQuota quota,
    Map<String, Map<String, ThrottleLimit>> stages) {}
