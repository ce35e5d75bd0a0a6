package io.portico.gateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A usage plan: the stages that its API keys open, and how much of them. */
public record UsagePlanRecord(
    String id,
    String name,
    @Nullable String description,
    List<ApiStage> apiStages,
    @Nullable Throttle throttle,
    @Nullable Quota quota,
    @Nullable String productCode,
    @Nullable Map<String, String> tags) {

  /** This plan with other stages. */
  public UsagePlanRecord withStages(List<ApiStage> stages) {
    return new UsagePlanRecord(id, name, description, stages, throttle, quota, productCode, tags);
  }

  /** This plan with other tags. */
  public UsagePlanRecord withTags(@Nullable Map<String, String> newTags) {
    return new UsagePlanRecord(
        id, name, description, apiStages, throttle, quota, productCode, newTags);
  }

  /** A stage; {@code throttle} is by method, such as {@code /pets/GET}. */
  public record ApiStage(String apiId, String stage, @Nullable Map<String, Throttle> throttle) {}

  /** Requests at once, and a second. */
  public record Throttle(int burstLimit, double rateLimit) {}

  /** Requests in a DAY, WEEK or MONTH; {@code offset} is the day on which one starts. */
  public record Quota(int limit, int offset, String period) {}
}
