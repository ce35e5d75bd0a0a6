package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.portico.conformance.client.Account;
import io.portico.conformance.client.Terraform;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.SelfSigned;
import io.portico.conformance.wire.SignedByAuthority;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Terraform's AWS provider makes two stacks, finds nothing to change, changes nearly all that can
 * be changed of every resource, finds nothing to change again, and takes them away.
 *
 * <p>Starting the provider is most of what a command of Terraform takes, so that there are few
 * stacks, each with one that is kept; and it waits for a minute after it has changed a domain name,
 * so that those are in a stack of their own.
 */
@Portico
final class TerraformTest {
  @TempDir Path folder;

  @Test
  @Execution(CONCURRENT)
  void apisFunctionsAndRolesAreMadeChangedAndTakenAway(Endpoint endpoint) throws IOException {
    try (Account account = new Account(endpoint, "111111111111");
        Terraform terraform = Terraform.of("apis", folder, endpoint, account)) {
      terraform.set("layer", zip("layer.zip", "nodejs/node_modules/words/index.js", WORDS));
      terraform.set("imported", madeByHand(account.gateway()));

      terraform.set("changed", "false");
      terraform.set("code", zip("first.zip", "index.js", function("handler", ", ")));
      String applied = terraform.apply();
      Apis apis = new Apis(endpoint, terraform);
      Answers first = apis.answers();
      Instant stageMade = apis.stageMade(account);
      Map<String, List<String>> made = account.contents();
      List<String> ownNames = List.of(terraform.output("user"), terraform.output("role"));
      Outcome planned = terraform.plan();

      terraform.set("changed", "true");
      terraform.set("code", zip("second.zip", "index.js", function("other", " again, ")));
      terraform.apply();
      Answers second = apis.answers();
      Instant stageMadeAfterwards = apis.stageMade(account);
      String version = terraform.output("version");
      Outcome plannedAgain = terraform.plan();

      terraform.destroy();
      Map<String, List<String>> left = account.contents();

      assertThat(applied).matches("Apply complete! Resources: 4 imported, .* 0 changed, .*");
      assertThat(first)
          .isEqualTo(
              new Answers(
                  "{\"pet\": \"7\", \"size\": \"small\"}",
                  "404 {\"nothing\": \"here\"} nowhere",
                  List.of(200, 403, 401),
                  "Hello, Ada",
                  "made /live/pets",
                  "200 made /live/food",
                  "{\"statusCode\":200,\"body\":\"Hello, Ada\"}"));
      assertThat(ownNames)
          .containsExactly(
              "arn:aws:iam::111111111111:user/terraformed/terraformed-caller",
              "arn:aws:iam::111111111111:role/terraformed/worker");
      assertThat(planned.exit()).as("0: nothing to change; 2: drift%n%s", planned).isZero();
      assertThat(second)
          .isEqualTo(
              new Answers(
                  "{\"pet\": \"7\", \"size\": \"large\"}",
                  "410 {\"nothing\": \"any more\"} gone",
                  List.of(200, 403, 500),
                  "Hello again, Grace",
                  "changed /live/pets",
                  "410 {\"message\":\"Missing Authentication Token\"}",
                  "{\"statusCode\":200,\"body\":\"Hello again, Grace\"}"));
      assertThat(version).isEqualTo("2");
      assertThat(stageMadeAfterwards).as("an import keeps the stages").isEqualTo(stageMade);
      assertThat(plannedAgain.exit()).as("0: nothing to change%n%s", plannedAgain).isZero();
      assertThat(made)
          .containsOnlyKeys(
              "REST APIs",
              "HTTP and WebSocket APIs",
              "API keys",
              "usage plans",
              "VPC links",
              "client certificates",
              "the account's role",
              "functions",
              "layers",
              "roles",
              "users",
              "policies",
              "instance profiles",
              "log groups",
              "alarms");
      assertThat(left).isEmpty();
    }
  }

  /**
   * Regional, edge-optimised and private domain names, of v1 and of v2, with certificates of
   * Certificate Manager and with uploaded ones, and what base paths of regional ones lead to.
   */
  @Test
  @Execution(CONCURRENT)
  void domainNamesAreMadeMappedAndTakenAway(Endpoint endpoint)
      throws IOException, GeneralSecurityException {
    try (Account account = new Account(endpoint, "222222222222");
        Terraform terraform = Terraform.of("domains", folder, endpoint, account)) {
      terraform.set("changed", "false");
      terraform.set("certificate", certificate("first.example.com"));
      terraform.set("uploaded", uploaded("*.example.com"));
      terraform.set("uploaded_again", uploaded("uploaded.example.com"));
      terraform.apply();
      String first = pets(endpoint, "/v1/pets").body();
      String target = terraform.output("target");
      String imported = terraform.output("imported");
      List<String> trusting = trusting(account);
      Instant uploaded = uploadedAt(account);
      Map<String, List<String>> made = account.contents();
      Outcome planned = terraform.plan();

      terraform.set("changed", "true");
      terraform.set("certificate", certificate("second.example.com"));
      terraform.apply();
      String second = pets(endpoint, "/pets").body();
      String ofV2 = pets(endpoint, "v2.terraformed.example.com", "/shop/v2/pets").body();
      String link = terraform.output("link");
      String importedAgain = terraform.output("imported");
      List<String> trustingAgain = trusting(account);
      Instant uploadedAgain = uploadedAt(account);
      Outcome plannedAgain = terraform.plan();

      terraform.destroy();
      Map<String, List<String>> left = account.contents();

      assertThat(first).isEqualTo("/v1/pets");
      assertThat(target).endsWith(".execute-api.us-east-1.amazonaws.com");
      assertThat(planned.exit()).as("0: nothing to change; 2: drift%n%s", planned).isZero();
      assertThat(second).isEqualTo("/pets");
      assertThat(ofV2).isEqualTo("/shop/v2/pets");
      assertThat(link).isEqualTo("terraformed-again");
      assertThat(importedAgain).as("imported again, it keeps its ARN").isEqualTo(imported);
      assertThat(trusting)
          .containsExactlyInAnyOrder(
              "mutual.terraformed.example.com dualstack s3://terraformed/callers.pem 1",
              "no-longer-mutual.terraformed.example.com ipv4 s3://terraformed/callers.pem 1",
              "v2.terraformed.example.com ipv4 s3://terraformed/callers.pem 1");
      assertThat(trustingAgain)
          .containsExactlyInAnyOrder(
              "mutual.terraformed.example.com ipv4 s3://terraformed/others.pem 2",
              "mutual-at-last.terraformed.example.com dualstack s3://terraformed/callers.pem null");
      assertThat(uploadedAgain).as("another certificate is uploaded").isAfter(uploaded);
      assertThat(plannedAgain.exit()).as("0: nothing to change%n%s", plannedAgain).isZero();
      assertThat(made)
          .containsOnlyKeys(
              "REST APIs",
              "VPC links of v2",
              "domain names",
              "access associations",
              "certificates");
      assertThat(left).isEmpty();
      assertThat(pets(endpoint, "/pets").statusCode()).isEqualTo(403);
    }
  }

  /** An API with a resource and a stage, for Terraform to import. */
  private static String madeByHand(ApiGatewayClient gateway) {
    String api =
        gateway
            .createRestApi(request -> request.name("made-by-hand").description("Made by hand"))
            .id();
    String root = gateway.getResources(request -> request.restApiId(api)).items().getFirst().id();
    String resource =
        gateway
            .createResource(request -> request.restApiId(api).parentId(root).pathPart("pets"))
            .id();
    gateway.putMethod(
        request ->
            request
                .restApiId(api)
                .resourceId(resource)
                .httpMethod("GET")
                .authorizationType("NONE"));
    gateway.putIntegration(
        request ->
            request
                .restApiId(api)
                .resourceId(resource)
                .httpMethod("GET")
                .type(IntegrationType.MOCK));
    String deployment = gateway.createDeployment(request -> request.restApiId(api)).id();
    gateway.createStage(
        request ->
            request
                .restApiId(api)
                .deploymentId(deployment)
                .stageName("live")
                .variables(Map.of("color", "blue")));
    return json(Map.of("api", api, "resource", resource, "deployment", deployment));
  }

  private String certificate(String name) throws IOException, GeneralSecurityException {
    SelfSigned made = SelfSigned.make(folder, name);
    return json(Map.of("body", made.certificatePem(), "key", made.keyPem()));
  }

  private String uploaded(String name) throws IOException, GeneralSecurityException {
    SignedByAuthority made = SignedByAuthority.make(folder, name);
    return json(
        Map.of("body", made.certificatePem(), "key", made.keyPem(), "chain", made.chainPem()));
  }

  /** Domain names whose callers show certificates: the name, its addresses, whom it trusts. */
  private static List<String> trusting(Account account) {
    return account.gateway().getDomainNames().items().stream()
        .filter(domain -> domain.mutualTlsAuthentication() != null)
        .map(
            domain ->
                "%s %s %s %s"
                    .formatted(
                        domain.domainName(),
                        domain.endpointConfiguration().ipAddressTypeAsString(),
                        domain.mutualTlsAuthentication().truststoreUri(),
                        domain.mutualTlsAuthentication().truststoreVersion()))
        .toList();
  }

  private static Instant uploadedAt(Account account) {
    return account
        .gateway()
        .getDomainName(request -> request.domainName("uploaded.example.com"))
        .certificateUploadDate();
  }

  private static String json(Map<String, String> members) {
    return JsonMapper.shared().writeValueAsString(members);
  }

  private static HttpResponse<String> pets(Endpoint endpoint, String path) {
    return pets(endpoint, "terraformed.example.com", path);
  }

  private static HttpResponse<String> pets(Endpoint endpoint, String domain, String path) {
    return Caller.get(endpoint.uri().resolve(path), domain);
  }

  private static final String WORDS = "exports.greeting = 'Hello';";

  private static String function(String handler, String between) {
    return """
    const {greeting} = require('words');
    exports.%s = async () => ({
      statusCode: 200, body: greeting + '%s' + process.env.WHOM});
    """
        .formatted(handler, between);
  }

  private String zip(String name, String entry, String content) throws IOException {
    return Files.write(folder.resolve(name), Zip.of(entry, content)).toString();
  }

  /**
   * What the APIs answer.
   *
   * @param unknownPath with its status and a header
   * @param statuses of a call with an API key, of one without a good one, of one without a token;
   *     the last is asked for none at the end, and the function that is its authorizer says no
   *     policy
   * @param removed what the first definition has, and the second one has not
   * @param invoked what a data source got of the function
   */
  private record Answers(
      String pet,
      String unknownPath,
      List<Integer> statuses,
      String greeting,
      String defined,
      String removed,
      String invoked) {}

  /** The APIs of the first stack. */
  private record Apis(Endpoint endpoint, Terraform terraform, String api, String defined) {
    Apis(Endpoint endpoint, Terraform terraform) {
      this(endpoint, terraform, terraform.output("api"), terraform.output("defined"));
    }

    Answers answers() {
      HttpResponse<String> unknownPath = Caller.get(endpoint.pathForm(api, "prod", "/7/8"));
      HttpResponse<String> food = Caller.get(endpoint.pathForm(defined, "live", "/food"));
      return new Answers(
          Caller.get(endpoint.pathForm(api, "prod", "/7?detail=all")).body(),
          unknownPath.statusCode()
              + " "
              + unknownPath.body()
              + " "
              + unknownPath.headers().firstValue("X-Where").orElse("no header"),
          List.of(
              status("PUT", terraform.output("key")),
              status("PUT", "no-key-of-any-plan-here"),
              status("DELETE", "none")),
          Caller.get(endpoint.pathForm(api, "prod", "/greeting")).body(),
          Caller.get(endpoint.pathForm(defined, "live", "/pets")).body(),
          food.statusCode() + " " + food.body(),
          terraform.output("invoked"));
    }

    private int status(String method, String key) {
      return Caller.send(
              HttpRequest.newBuilder(endpoint.pathForm(api, "prod", "/7"))
                  .header("x-api-key", key)
                  .method(method, BodyPublishers.noBody()))
          .statusCode();
    }

    Instant stageMade(Account account) {
      return account
          .gateway()
          .getStage(request -> request.restApiId(defined).stageName("live"))
          .createdDate();
    }
  }
}
