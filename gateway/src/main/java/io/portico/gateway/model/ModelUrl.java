package io.portico.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * The URL AWS gives a model, by which the schemas of other models refer to it.
 *
 * <p>AWS: source: recorded, facts MOD-07.
 */
public final class ModelUrl {
  private static final String APIS = "https://apigateway.amazonaws.com/restapis/";
  private static final String MODELS = "/models/";

  private ModelUrl() {}

  /** The model's URL. */
  public static String of(String apiId, String name) {
    return prefix(apiId) + name;
  }

  /** What the URLs of an API's models begin with: all but the name. */
  public static String prefix(String apiId) {
    return APIS + apiId + MODELS;
  }

  /** The name in a model's URL, whatever the API, or null if it is no such URL. */
  public static @Nullable String nameIn(String url) {
    if (!url.startsWith(APIS)) {
      return null;
    }
    int apiEnd = url.indexOf('/', APIS.length());
    if (apiEnd <= APIS.length() || !url.startsWith(MODELS, apiEnd)) {
      return null;
    }
    String name = url.substring(apiEnd + MODELS.length());
    return name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('#') >= 0 ? null : name;
  }
}
