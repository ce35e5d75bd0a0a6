package io.portico.gateway.snapshot;

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
   * @param parameters header, query or path name by {@code gatewayresponse.header.<name>}, to a
   *     literal in quotes or a request expression
   * @param templates text by content type
   */
  public record Customised(
      @Nullable Integer status, Map<String, String> parameters, Map<String, String> templates) {}

  /** The type's own customisation, else that of its default, else null. */
  public @Nullable Customised find(GatewayResponseType type) {
    Customised own = customised.get(type);
    return own == null ? customised.get(type.fallback()) : own;
  }
}
