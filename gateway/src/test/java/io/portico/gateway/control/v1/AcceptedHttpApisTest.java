package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import io.portico.gateway.store.RecordCodec;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the control plane takes of HTTP APIs can be called: after each call of the cases of {@code
 * cases/control/v2}, every integration and every authorizer compiles to one that is asked. VPC
 * links aside.
 */
final class AcceptedHttpApisTest {
  private static final Pattern STAGE_VARIABLE = Pattern.compile("stageVariables\\.([A-Za-z0-9_]+)");

  private final HttpApiCompiler compiler =
      new HttpApiCompiler(
          CallLimits.AWS,
          new ServiceEndpoints(Map.of(), URI.create("http://aws.test:4566"), false),
          new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("http://lambda.test:9001"))),
          new UserPoolIssuers(new ServiceEndpoints(Map.of(), null, false)),
          LinkTargets.NONE);
  private final Set<String> compiled = new TreeSet<>();
  private final List<String> unusable = new ArrayList<>();

  @Test
  void canBeCalled() throws IOException, URISyntaxException {
    Path folder = ControlCasesTest.folder();
    for (Path file : ControlCasesTest.files(folder.resolve("v2"))) {
      ControlCasesTest.run(
          folder,
          ControlCase.read(file),
          new ControlCaseRun(plane -> check(folder.relativize(file).toString(), plane)));
    }

    assertThat(unusable).isEmpty();
    assertThat(compiled).hasSizeGreaterThan(60);
  }

  private void check(String file, TestControlPlane plane) {
    List<ApiDefinition> definitions =
        plane.records.read(
            records ->
                records.list(V2RecordTypes.API, TestControlPlane.CALLER.scope()).stream()
                    .filter(ApiRecord::isHttp)
                    .map(
                        api ->
                            new ApiDefinition(
                                api,
                                List.of(),
                                records.list(V2RecordTypes.INTEGRATION, api.apiId()),
                                records.list(V2RecordTypes.AUTHORIZER, api.apiId()),
                                List.of()))
                    .toList());
    definitions.forEach(definition -> check(file, definition));
  }

  private void check(String file, ApiDefinition definition) {
    List<RouteRecord> routes = new ArrayList<>();
    Map<String, String> records = new HashMap<>();
    for (IntegrationRecord integration : definition.integrations()) {
      if (!integration.connectionType().equals("VPC_LINK")) {
        routes.add(route(routes.size(), integration.integrationId(), "NONE", null));
        records.put(routes.getLast().routeId(), Json.text(RecordCodec.tree(integration)));
      }
    }
    for (AuthorizerRecord authorizer : definition.authorizers()) {
      String type = authorizer.authorizerType().equals("JWT") ? "JWT" : "CUSTOM";
      routes.add(route(routes.size(), "none", type, authorizer.authorizerId()));
      records.put(routes.getLast().routeId(), Json.text(RecordCodec.tree(authorizer)));
    }
    HttpStage stage = compile(definition, routes, String.join(" ", records.values()));
    stage
        .routes()
        .root()
        .children()
        .values()
        .forEach(
            node -> {
              RouteSnapshot route = node.routes().values().iterator().next();
              String record = String.valueOf(records.get(route.routeId()));
              compiled.add(file + " " + record);
              String defect = defect(route);
              if (!defect.isEmpty()) {
                unusable.add(file + ": " + defect + ": " + record);
              }
            });
  }

  private static String defect(RouteSnapshot route) {
    return switch (route.authorization()) {
      case RouteAuthorization.Open _ ->
          route.integration() instanceof RouteIntegration.Broken broken ? broken.reason() : "";
      case RouteAuthorization.Jwt _, RouteAuthorization.Lambda _ -> "";
      case RouteAuthorization other -> other.toString();
    };
  }

  private HttpStage compile(ApiDefinition definition, List<RouteRecord> routes, String texts) {
    ObjectNode stage = Json.object();
    ObjectNode variables = stage.putObject("stageVariables");
    Matcher named = STAGE_VARIABLE.matcher(texts);
    while (named.find()) {
      variables.put(named.group(1), "v");
    }
    stage.put("stageName", "dev").put("autoDeploy", false).put("apiGatewayManaged", false);
    stage.putObject("defaultRouteSettings");
    stage.putObject("routeSettings");
    stage.put("createdDate", TestControlPlane.NOW.toString());
    stage.put("lastUpdatedDate", TestControlPlane.NOW.toString());
    return compiler.compile(
        definition.api(),
        new DeploymentRecord(
            "dep123",
            null,
            false,
            "DEPLOYED",
            null,
            TestControlPlane.NOW,
            new ApiDefinition(
                definition.api(),
                routes,
                definition.integrations(),
                definition.authorizers(),
                List.of())),
        RecordCodec.record(stage, StageRecord.class),
        VpcLinks.NONE);
  }

  private static RouteRecord route(
      int number, String integrationId, String authorization, @Nullable String authorizerId) {
    ObjectNode route =
        Json.object()
            .put("routeId", "r" + number)
            .put("routeKey", "GET /r" + number)
            .put("target", "integrations/" + integrationId)
            .put("authorizationType", authorization)
            .put("authorizerId", authorizerId)
            .put("apiKeyRequired", false)
            .put("apiGatewayManaged", false);
    route.putArray("routeResponses");
    return RecordCodec.record(route, RouteRecord.class);
  }
}
