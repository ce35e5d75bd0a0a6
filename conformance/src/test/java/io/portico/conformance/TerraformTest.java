package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.portico.conformance.client.Terraform;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * Terraform's AWS provider makes an API and a role, or a function, finds nothing to change
 * afterwards, and takes them away.
 */
@Portico
final class TerraformTest {
  private static final Path CONFIGURATION = Path.of("src/test/terraform/main.tf");
  private static final Path FUNCTION_CONFIGURATION = Path.of("src/test/terraform/lambda/main.tf");

  private static final Path DOMAIN_CONFIGURATION = Path.of("src/test/terraform/domain/main.tf");

  @TempDir Path folder;

  @Test
  @Execution(CONCURRENT)
  void appliesWithoutDriftAndDestroys(Endpoint endpoint) throws IOException {
    Terraform terraform = Terraform.of(CONFIGURATION, folder, endpoint);
    terraform.apply();
    String api = terraform.output("api");
    String answer = Caller.get(endpoint.pathForm(api, "prod", "/7")).body();
    HttpResponse<String> unknownPath = Caller.get(endpoint.pathForm(api, "prod", "/7/8"));
    String key = terraform.output("key");
    int withKey = put(endpoint, api, key);
    int withoutKey = put(endpoint, api, "no-key-of-any-plan-here");
    int unauthorized =
        Caller.send(HttpRequest.newBuilder(endpoint.pathForm(api, "prod", "/7")).DELETE())
            .statusCode();
    String account = terraform.output("account");
    String role = terraform.output("role");
    String user = terraform.output("user");
    Outcome plan = terraform.plan();
    terraform.destroy();

    assertThat(user)
        .isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":user/terraformed/terraformed-caller");
    assertThat(answer).isEqualTo("{\"pet\": \"7\", \"size\": \"small\"}");
    assertThat(unknownPath.statusCode()).isEqualTo(404);
    assertThat(unknownPath.body()).isEqualTo("{\"nothing\": \"here\"}");
    assertThat(unknownPath.headers().firstValue("X-Where")).hasValue("nowhere");
    assertThat(List.of(withKey, withoutKey, unauthorized)).containsExactly(200, 403, 401);
    assertThat(account).isEqualTo(Endpoint.ACCOUNT);
    assertThat(role).isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":role/terraformed/worker");
    assertThat(plan.exit()).as("0: nothing to change; 2: drift%n%s", plan).isZero();
    assertThat(Caller.get(endpoint.pathForm(api, "prod", "/7")).statusCode()).isEqualTo(403);
  }

  private static int put(Endpoint endpoint, String api, String key) {
    return Caller.send(
            HttpRequest.newBuilder(endpoint.pathForm(api, "prod", "/7"))
                .header("x-api-key", key)
                .PUT(BodyPublishers.noBody()))
        .statusCode();
  }

  /** A function with a layer, a version, an alias, a URL, settings and an API in front. */
  @Test
  @Execution(CONCURRENT)
  void functionsAreMadeChangedAndTakenAway(Endpoint endpoint) throws IOException {
    Terraform terraform = Terraform.of(FUNCTION_CONFIGURATION, folder, endpoint);
    terraform.set(
        "layer",
        zip("layer.zip", "nodejs/node_modules/words/index.js", "exports.greeting = 'Hello';"));
    terraform.set("code", zip("first.zip", "index.js", function(", ")));
    terraform.set("whom", "Ada");
    terraform.apply();
    String api = terraform.output("api");
    String first = greeting(endpoint, api);
    String url = terraform.output("url");
    Outcome planned = terraform.plan();
    terraform.set("code", zip("second.zip", "index.js", function(" again, ")));
    terraform.set("whom", "Grace");
    terraform.apply();
    String second = greeting(endpoint, api);
    String version = terraform.output("version");
    Outcome plannedAgain = terraform.plan();
    terraform.destroy();

    assertThat(first).isEqualTo("Hello, Ada");
    assertThat(url).contains(".lambda-url.us-east-1.");
    assertThat(planned.exit()).as("0: nothing to change; 2: drift%n%s", planned).isZero();
    assertThat(second).isEqualTo("Hello again, Grace");
    assertThat(version).isEqualTo("2");
    assertThat(plannedAgain.exit()).as("0: nothing to change; 2: drift%n%s", plannedAgain).isZero();
    assertThat(
            Caller.get(endpoint.uri().resolve("/2015-03-31/functions/terraformed-greeter"))
                .statusCode())
        .isEqualTo(404);
  }

  /** Regional, edge-optimised and private domain names, and what the first's base path leads to. */
  @Test
  @Execution(CONCURRENT)
  void domainNamesAreMadeMappedAndTakenAway(Endpoint endpoint) throws IOException {
    Terraform terraform = Terraform.of(DOMAIN_CONFIGURATION, folder, endpoint);
    terraform.set("base_path", "v1");
    terraform.apply();
    String first = pets(endpoint, "/v1/pets").body();
    String target = terraform.output("target");
    Outcome planned = terraform.plan();
    terraform.set("base_path", "");
    terraform.apply();
    String second = pets(endpoint, "/pets").body();
    Outcome plannedAgain = terraform.plan();
    terraform.destroy();

    assertThat(first).isEqualTo("/v1/pets");
    assertThat(target).endsWith(".execute-api.us-east-1.amazonaws.com");
    assertThat(planned.exit()).as("0: nothing to change; 2: drift%n%s", planned).isZero();
    assertThat(second).isEqualTo("/pets");
    assertThat(plannedAgain.exit()).as("0: nothing to change; 2: drift%n%s", plannedAgain).isZero();
    assertThat(pets(endpoint, "/pets").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> pets(Endpoint endpoint, String path) {
    return Caller.get(endpoint.uri().resolve(path), "terraformed.example.com");
  }

  private static String greeting(Endpoint endpoint, String api) {
    return Caller.get(endpoint.pathForm(api, "prod", "/greeting")).body();
  }

  private static String function(String between) {
    return """
    const {greeting} = require('words');
    exports.handler = async () => ({
      statusCode: 200, body: greeting + '%s' + process.env.WHOM});
    """
        .formatted(between);
  }

  private String zip(String name, String entry, String content) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file.toString();
  }
}
