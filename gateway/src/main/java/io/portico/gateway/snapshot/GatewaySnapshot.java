package io.portico.gateway.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything the data plane serves, at one moment.
 *
 * @param apis by API id
 * @param usage API keys and usage plans, by {@link StageSnapshot#scope}
 * @param domains custom domain names, by host in lower case
 */
public record GatewaySnapshot(
    Map<String, ApiSnapshot> apis,
    Map<String, UsageSnapshot> usage,
    PersistentTable<DomainNameSnapshot> domains) {

  public static final GatewaySnapshot EMPTY =
      new GatewaySnapshot(Map.of(), Map.of(), PersistentTable.empty());

  /**
   * An API's stages.
   *
   * @param stages by stage name
   */
  public record ApiSnapshot(Map<String, ServedStage> stages) {}

  /**
   * All of these stages, put together at once.
   *
   * @param usage by account and region
   */
  public static GatewaySnapshot of(
      List<? extends ServedStage> stages, Map<String, UsageSnapshot> usage) {
    Map<String, Map<String, ServedStage>> byApi = new HashMap<>();
    for (ServedStage stage : stages) {
      byApi.computeIfAbsent(stage.apiId(), id -> new HashMap<>()).put(stage.stageName(), stage);
    }
    Map<String, ApiSnapshot> apis = new HashMap<>();
    byApi.forEach((id, ofApi) -> apis.put(id, new ApiSnapshot(Map.copyOf(ofApi))));
    return new GatewaySnapshot(Map.copyOf(apis), Map.copyOf(usage), PersistentTable.empty());
  }

  /**
   * The custom domain name of a host: its own, else the wildcard one with another first label; or
   * null. A private one is in the way of neither.
   *
   * @param host in lower case, without port
   */
  public @Nullable DomainNameSnapshot domain(String host) {
    DomainNameSnapshot own = domains.get(host);
    if (own != null && !own.privateOnly()) {
      return own;
    }
    int dot = host.indexOf('.');
    DomainNameSnapshot wildcard = dot <= 0 ? null : domains.get("*" + host.substring(dot));
    return wildcard == null || (own != null && wildcard.privateOnly()) ? own : wildcard;
  }

  /** This snapshot with a changed table of custom domain names. */
  public GatewaySnapshot withDomains(UnaryOperator<PersistentTable<DomainNameSnapshot>> change) {
    return new GatewaySnapshot(apis, usage, change.apply(domains));
  }

  /** The API keys and usage plans of an account in a region. */
  public UsageSnapshot usage(String scope) {
    return usage.getOrDefault(scope, UsageSnapshot.EMPTY);
  }

  /** This snapshot with keys and plans of an account in a region changed. */
  public GatewaySnapshot with(String scope, UnaryOperator<UsageSnapshot> change) {
    Map<String, UsageSnapshot> changed = new HashMap<>(usage);
    changed.put(scope, change.apply(usage(scope)));
    return new GatewaySnapshot(apis, Map.copyOf(changed), domains);
  }

  /** The stage of an API, whatever its kind. */
  public @Nullable ServedStage served(String apiId, String stageName) {
    ApiSnapshot api = apis.get(apiId);
    return api == null ? null : api.stages().get(stageName);
  }

  /** The stage of a REST API. */
  public @Nullable StageSnapshot stage(String apiId, String stageName) {
    return served(apiId, stageName) instanceof StageSnapshot stage ? stage : null;
  }

  /** What stands before an API, whichever of its stages is asked for; null where nothing does. */
  public @Nullable CloudFront cloudFront(String apiId) {
    ApiSnapshot api = apis.get(apiId);
    return api == null
        ? null
        : api.stages().values().stream()
            .map(ServedStage::cloudFront)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** This snapshot with the stage added or replaced. */
  public GatewaySnapshot with(ServedStage stage) {
    return with(stage.apiId(), List.of(stage));
  }

  /** This snapshot with these stages of one API added or replaced. */
  public GatewaySnapshot with(String apiId, List<? extends ServedStage> changed) {
    ApiSnapshot api = apis.get(apiId);
    Map<String, ServedStage> stages = api == null ? new HashMap<>() : new HashMap<>(api.stages());
    changed.forEach(stage -> stages.put(stage.stageName(), stage));
    return with(apiId, new ApiSnapshot(Map.copyOf(stages)));
  }

  /** This snapshot without one stage. */
  public GatewaySnapshot without(String apiId, String stageName) {
    ApiSnapshot api = apis.get(apiId);
    if (api == null) {
      return this;
    }
    Map<String, ServedStage> stages = new HashMap<>(api.stages());
    stages.remove(stageName);
    return stages.isEmpty() ? without(apiId) : with(apiId, new ApiSnapshot(Map.copyOf(stages)));
  }

  /** This snapshot without an API. */
  public GatewaySnapshot without(String apiId) {
    Map<String, ApiSnapshot> changed = new HashMap<>(apis);
    changed.remove(apiId);
    return new GatewaySnapshot(Map.copyOf(changed), usage, domains);
  }

  private GatewaySnapshot with(String apiId, ApiSnapshot api) {
    Map<String, ApiSnapshot> changed = new HashMap<>(apis);
    changed.put(apiId, api);
    return new GatewaySnapshot(Map.copyOf(changed), usage, domains);
  }
}
