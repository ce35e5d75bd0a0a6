package io.portico.gateway.snapshot;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gateway responses an API has customised.
 *
 * @param customised by type
 */
public record GatewayResponses(Map<GatewayResponseType, Customised> customised) {

  public static final GatewayResponses DEFAULTS = new GatewayResponses(Map.of());

  /**
   * A customised gateway response.
   *
   * @param status replaces the type's own, or null
   * @param headers in the order configured
   * @param templates by media type, lower-case and without parameters, in the order configured
   */
  public record Customised(
      @Nullable Integer status,
      List<ParameterMapping> headers,
      Map<String, GatewayResponseTemplate> templates) {}

  /** The type's own customisation, else that of its default, else null. */
  public @Nullable Customised find(GatewayResponseType type) {
    if (!type.isCustomisable()) {
      return null;
    }
    Customised own = customised.get(type);
    return own == null ? customised.get(type.fallback()) : own;
  }
}
