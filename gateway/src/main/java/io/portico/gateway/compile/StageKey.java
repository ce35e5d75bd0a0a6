package io.portico.gateway.compile;

/** What a stage is called where its API is not known from elsewhere. */
final class StageKey {
  private StageKey() {}

  static String of(String apiId, String stageName) {
    return apiId + "/" + stageName;
  }
}
