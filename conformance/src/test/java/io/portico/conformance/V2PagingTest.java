package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsProgram;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists of API Gateway v2 are read page by page, each item once and always in the same order: by
 * {@code NextToken}, and by the paginators of AWS's clients. Those of the CLI know the lists of
 * APIs and of what is theirs, those of the SDK for Java only newer ones.
 */
@Portico
final class V2PagingTest {
  private static final int PARTS = 5;
  private static final String ACCOUNT = "333333333333";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @EveryClient
  void everyItemComesOnce(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String api = new Chat(v2).api;

    List<String> whole = names(v2.call("GetRoutes", Map.of("ApiId", api)), "RouteKey");
    List<String> paged = new ArrayList<>();
    Map<String, Object> input = new HashMap<>(Map.of("ApiId", api, "MaxResults", "2"));
    int pages = 0;
    JsonNode page;
    do {
      page = v2.call("GetRoutes", input);
      pages++;
      paged.addAll(names(page, "RouteKey"));
      input.put("NextToken", page.path("NextToken").asString());
    } while (page.hasNonNull("NextToken"));

    assertThat(whole).containsExactlyInAnyOrder("part0", "part1", "part2", "part3", "part4");
    assertThat(paged).isEqualTo(whole);
    assertThat(pages).isEqualTo(3);
  }

  /** AWS: 400 is documented; the text is assumed. */
  @EveryClient
  void aTokenThatWasNeverGivenIsRefused(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);
    String api = new Chat(v2).api;

    AwsFailure refused = v2.refused("GetRoutes", Map.of("ApiId", api, "NextToken", "not a token"));

    assertThat(refused.type()).isEqualTo("BadRequestException");
    assertThat(refused.text()).isEqualTo("Invalid NextToken parameter");
  }

  @Test
  void theClisOwnPaginatorReadsAllPages(Endpoint endpoint, AwsProgram aws) {
    try (JavaSdk sdk = JavaSdk.ofAccount(endpoint, ACCOUNT)) {
      Chat chat = new Chat(sdk.of(AwsService.API_GATEWAY_V2));
      Cli cli = new Cli(endpoint, aws, folder);
      Map<String, String> lists = chat.lists();

      Map<String, List<String>> whole = new TreeMap<>();
      Map<String, List<String>> paged = new TreeMap<>();
      Map<String, List<String>> resumed = new TreeMap<>();
      lists.forEach(
          (command, id) -> {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            whole.put(command, names(cli.run(arguments), id));
            arguments.addAll(List.of("--page-size", "2"));
            paged.put(command, names(cli.run(arguments), id));
            resumed.put(command, cli.resumed(arguments, id));
          });

      assertThat(whole)
          .allSatisfy((command, ids) -> assertThat(ids).hasSize(PARTS).doesNotHaveDuplicates());
      assertThat(paged).isEqualTo(whole);
      assertThat(resumed).isEqualTo(whole);
    }
  }

  @Test
  void theSdksOwnPaginatorReadsAllPages(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.ofAccount(endpoint, ACCOUNT)) {
      ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
      List<String> made = new ArrayList<>();
      for (int part = 0; part < PARTS; part++) {
        made.add(
            v2.call("CreatePortalProduct", Map.of("DisplayName", "part" + part))
                .path("PortalProductId")
                .asString());
      }

      List<String> whole = names(v2.call("ListPortalProducts", Map.of()), "PortalProductId");
      List<String> paged =
          sdk.clientOfV2().listPortalProductsPaginator(r -> r.maxResults("2")).items().stream()
              .map(product -> product.portalProductId())
              .toList();

      assertThat(whole).containsExactlyInAnyOrderElementsOf(made);
      assertThat(paged).isEqualTo(whole);
    }
  }

  private static List<String> names(JsonNode page, String member) {
    return page.path("Items").valueStream().map(item -> item.path(member).asString()).toList();
  }

  /**
   * The AWS CLI for the account of its own.
   *
   * @param folder where it runs
   */
  private record Cli(Endpoint endpoint, AwsProgram aws, Path folder) {

    /** A command of API Gateway v2: the pages that the CLI has put together. */
    JsonNode run(List<String> arguments) {
      Map<String, String> environment = new HashMap<>(endpoint.environment());
      environment.put("AWS_ACCESS_KEY_ID", ACCOUNT);
      List<String> command =
          new ArrayList<>(List.of(aws.path().toString(), "--output", "json", "apigatewayv2"));
      command.addAll(arguments);
      Outcome outcome = Program.run(folder, aws.environment(environment), LIMIT, command);
      assertThat(outcome.succeeded()).as("%s%n%s", command, outcome).isTrue();
      return JsonMapper.shared().readTree(outcome.out());
    }

    /** All items, of which the CLI shows three at a time, by the tokens that it makes itself. */
    List<String> resumed(List<String> arguments, String id) {
      List<String> ids = new ArrayList<>();
      List<String> some = new ArrayList<>(arguments);
      some.addAll(List.of("--max-items", "3"));
      JsonNode page = run(some);
      ids.addAll(names(page, id));
      while (page.hasNonNull("NextToken")) {
        List<String> more = new ArrayList<>(some);
        more.addAll(List.of("--starting-token", page.path("NextToken").asString()));
        page = run(more);
        ids.addAll(names(page, id));
      }
      return ids;
    }
  }

  /** A WebSocket API that has {@link #PARTS} of all that APIs have lists of. */
  private static final class Chat {
    private final ServiceClient v2;
    private final String api;
    private String integration = "";

    Chat(ServiceClient v2) {
      this.v2 = v2;
      this.api =
          v2.call(
                  "CreateApi",
                  Map.of(
                      "Name",
                      "paged",
                      "ProtocolType",
                      "WEBSOCKET",
                      "RouteSelectionExpression",
                      "$request.body.action"))
              .path("ApiId")
              .asString();
      for (int part = 0; part < PARTS; part++) {
        made("CreateRoute", Map.of("RouteKey", "part" + part));
      }
    }

    private JsonNode made(String operation, Map<String, ?> members) {
      Map<String, Object> input = new HashMap<>(members);
      input.put("ApiId", api);
      return v2.call(operation, input);
    }

    /**
     * Makes what is listed beside routes: of the API, and APIs and domain names of its account.
     * Route responses are not there, as a route has one at most.
     *
     * @return commands of the CLI that list it, and what an item is known by in each
     */
    Map<String, String> lists() {
      for (int part = 0; part < PARTS; part++) {
        integration =
            made("CreateIntegration", Map.of("IntegrationType", "MOCK"))
                .path("IntegrationId")
                .asString();
        made("CreateModel", Map.of("Name", "part" + part, "Schema", "{}"));
        made("CreateDeployment", Map.of());
        made("CreateStage", Map.of("StageName", "part" + part));
        made(
            "CreateAuthorizer",
            Map.of(
                "Name",
                "part" + part,
                "AuthorizerType",
                "REQUEST",
                "AuthorizerUri",
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:333333333333:function:judge/invocations",
                "IdentitySource",
                List.of("route.request.header.Token")));
      }
      for (int part = 0; part < PARTS; part++) {
        made(
            "CreateIntegrationResponse",
            Map.of("IntegrationId", integration, "IntegrationResponseKey", "/20" + part + "/"));
      }
      for (int part = 1; part < PARTS; part++) {
        v2.call("CreateApi", Map.of("Name", "part" + part, "ProtocolType", "HTTP"));
      }
      String certificate = IssuedCertificate.request(v2.client(), "*.paged.example.com");
      for (int part = 0; part < PARTS; part++) {
        v2.call(
            "CreateDomainName",
            Map.of(
                "DomainName",
                "part" + part + ".paged.example.com",
                "DomainNameConfigurations",
                List.of(Map.of("CertificateArn", certificate))));
      }
      String ofApi = " --api-id " + api;
      return Map.of(
          "get-apis",
          "ApiId",
          "get-domain-names",
          "DomainName",
          "get-routes" + ofApi,
          "RouteId",
          "get-integrations" + ofApi,
          "IntegrationId",
          "get-models" + ofApi,
          "ModelId",
          "get-deployments" + ofApi,
          "DeploymentId",
          "get-stages" + ofApi,
          "StageName",
          "get-authorizers" + ofApi,
          "AuthorizerId",
          "get-integration-responses" + ofApi + " --integration-id " + integration,
          "IntegrationResponseId");
    }
  }
}
