package io.portico.gateway.execute.cases;

import io.portico.gateway.snapshot.GatewaySnapshot;

/** The sections of a REST API. */
final class RestCaseDefinition implements CaseDefinition {
  private static final String DOMAIN_NAME = "domain name ";

  private final CaseApi api = new CaseApi();

  @Override
  public boolean take(String name, String text) {
    switch (name) {
      case "api" -> api.api(text);
      case "stage" -> api.stage(text);
      case "canary" -> api.canary(text);
      case "endpoints" -> api.endpoints(text);
      case "api keys" -> api.apiKeys(text);
      case "usage plans" -> api.usagePlans(text);
      case "authorizers" -> api.authorizers(text);
      case "models" -> api.models(text);
      case "gateway responses" -> api.gatewayResponses(text);
      case "api, since the deployment" -> api.apiSinceDeployment(text);
      case "integration" -> api.integration(text);
      default -> {
        return takeNamed(name, text);
      }
    }
    return true;
  }

  private boolean takeNamed(String name, String text) {
    if (name.startsWith(DOMAIN_NAME)) {
      api.domainName(name.substring(DOMAIN_NAME.length()), text);
      return true;
    }
    if (!name.equals("method") && !name.startsWith("method ")) {
      return api.link(name, text);
    }
    String[] words = name.split(" ", 3);
    api.method(words.length > 1 ? words[1] : "GET", words.length > 2 ? words[2] : "/pets", text);
    return true;
  }

  @Override
  public GatewaySnapshot served() {
    return api.served();
  }

  @Override
  public String stagePath() {
    return "/" + CaseApi.STAGE;
  }
}
