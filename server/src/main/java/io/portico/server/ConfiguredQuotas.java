package io.portico.server;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.server.config.ConfigException;
import io.portico.server.config.QuotaConfig;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** AWS's quotas as an operator has set them. */
final class ConfiguredQuotas {
  private ConfiguredQuotas() {}

  /**
   * The quotas.
   *
   * @throws ConfigException if there is none of a name
   */
  static Quotas of(QuotaConfig config, InstantSource clock) {
    QuotaModes modes =
        new QuotaModes(mode(config.counts()), mode(config.values()), mode(config.rates()));
    Map<Quota, QuotaSetting> others = new EnumMap<>(Quota.class);
    for (QuotaConfig.Other other : config.others()) {
      Quota quota = quota(other.quota());
      others.put(
          quota,
          new QuotaSetting(
              other.limit() == null ? quota.standard() : other.limit(),
              other.mode() == null ? modes.of(quota.kind()) : mode(other.mode())));
    }
    return Quotas.of(modes, others, clock);
  }

  private static QuotaMode mode(QuotaConfig.Mode mode) {
    return switch (mode) {
      case ENFORCE -> QuotaMode.ENFORCE;
      case WARN -> QuotaMode.WARN;
      case OFF -> QuotaMode.OFF;
    };
  }

  private static Quota quota(String key) {
    return Stream.of(Quota.values())
        .filter(quota -> quota.key().equals(key))
        .findAny()
        .orElseThrow(
            () ->
                QuotaConfig.refused(
                    key,
                    Stream.of(Quota.values()).map(Quota::key).collect(Collectors.joining(", "))));
  }
}
