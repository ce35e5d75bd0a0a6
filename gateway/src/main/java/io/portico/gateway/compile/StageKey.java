package io.portico.gateway.compile;

/** What a stage is called where its API is not known from elsewhere. */
public final class StageKey {
  private StageKey() {}

  public static String of(String apiId, String stageName) {
    return apiId + "/" + stageName;
  }
}
