package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * SDKs, downloaded with AWS's tools, compiled and run as they come: they call an API through its
 * listener.
 */
@Portico
final class GeneratedSdkTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Map<String, String> JAVA =
      Map.of("serviceName", "PetStore", "javaPackageName", "example.pets", "artifactId", "pets");
  private static final String NAME =
      "attachment; filename=\"%s_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\dZ.zip\"";

  @TempDir Path folder;

  @EveryClient
  void everyTypeIsListed(AwsClient client, Endpoint endpoint) {
    JsonNode types = client.call("GetSdkTypes", Map.of());
    JsonNode java = client.call("GetSdkType", Map.of("id", "java"));
    AwsFailure unknown =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("GetSdkType", Map.of("id", "cobol")));

    assertThat(types.path("items").valueStream().map(each -> each.path("id").asString()))
        .containsExactly("android", "java", "javascript", "objectivec", "ruby", "swift");
    assertThat(java.at("/configurationProperties/0/name").asString()).isEqualTo("service.name");
    assertThat(java.at("/configurationProperties/0/required").asBoolean()).isTrue();
    assertThat(unknown.type()).isEqualTo("NotFoundException");
  }

  @EveryClient
  void theJavaScriptClientCallsTheApi(AwsClient client, Endpoint endpoint) {
    Path _ = Needed.program("node");
    try (Backend backend = backend()) {
      Api api = Api.deploy(client, backend);
      JsonNode sdk = client.call("GetSdk", api.sdk("javascript", Map.of()));
      Path unpacked = unpacked(sdk);
      Path scenario = write("scenario.js", resource("through-portico.js"));

      String said = run("node", scenario.toString(), unpacked.toString(), api.key());

      assertThat(sdk.path("contentType").asString()).isEqualTo("application/octet-stream");
      assertThat(sdk.path("contentDisposition").asString()).matches(NAME.formatted("javascript"));
      assertThat(said.lines())
          .containsExactly(
              "200 7 green",
              "201 {\"name\":\"Rex\",\"owner\":{\"name\":\"Ann\"}}",
              "403 Forbidden");
      expectCalls(backend);
    }
  }

  @Test
  void theJavaClientCallsTheApi(Endpoint endpoint) {
    try (Backend backend = backend();
        JavaSdk client = JavaSdk.of(endpoint)) {
      Api api = Api.deploy(client, backend);
      JsonNode sdk = client.call("GetSdk", api.sdk("java", JAVA));
      Path scenario = write("ThroughPortico.java", resource("ThroughPortico.java.txt"));
      Path classes = compiled(unpacked(sdk).resolve("generated-code/src/main/java"), scenario);

      String said =
          run(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              classes.toString(),
              "ThroughPortico",
              api.key());

      assertThat(sdk.path("contentDisposition").asString()).matches(NAME.formatted("java"));
      assertThat(said.lines())
          .containsExactly(
              "200 7 green",
              "201 {\"name\":\"Rex\",\"owner\":{\"name\":\"Ann\"}}",
              "403 {\"message\":\"Forbidden\"}");
      expectCalls(backend);
    }
  }

  /** A deployed API, and a key that opens what requires one. */
  private record Api(String id, String key) {
    static Api deploy(AwsClient client, Backend backend) {
      String definition = resource("pets.yaml").replace("BACKEND", backend.address());
      String id = client.call("ImportRestApi", Map.of("body", definition)).path("id").asString();
      client.call("CreateDeployment", Map.of("restApiId", id, "stageName", STAGE));
      JsonNode key = client.call("CreateApiKey", Map.of("name", "mobile", "enabled", true));
      JsonNode plan =
          client.call(
              "CreateUsagePlan",
              Map.of("name", "p", "apiStages", List.of(Map.of("apiId", id, "stage", STAGE))));
      client.call(
          "CreateUsagePlanKey",
          Map.of(
              "usagePlanId",
              plan.path("id").asString(),
              "keyId",
              key.path("id").asString(),
              "keyType",
              "API_KEY"));
      return new Api(id, key.path("value").asString());
    }

    Map<String, Object> sdk(String type, Map<String, String> parameters) {
      return Map.of("restApiId", id, "stageName", STAGE, "sdkType", type, "parameters", parameters);
    }
  }

  /** Answers a pet that is named after the tenant, and to a POST what it holds. */
  private static Backend backend() {
    return Backend.answering(
        request ->
            request.method().equals("POST")
                ? new Backend.Answer(
                    201, Map.of("Content-Type", "application/json"), request.body())
                : Backend.Answer.ok("{\"id\":7,\"name\":\"" + request.header("X-tenant") + "\"}"));
  }

  private static void expectCalls(Backend backend) {
    Backend.Request get = backend.taken();
    Backend.Request post = backend.taken();
    assertThat(get.uri().getPath()).isEqualTo("/pets/a b");
    assertThat(get.uri().getQuery()).isEqualTo("color=red & blue");
    assertThat(post.body()).isEqualTo("{\"name\":\"Rex\",\"owner\":{\"name\":\"Ann\"}}");
    assertThat(post.header("Content-type")).isEqualTo("application/json");
  }

  /** The folder of a downloaded SDK. */
  private Path unpacked(JsonNode sdk) {
    return SdkArchive.unpacked(sdk, folder.resolve("sdk"));
  }

  private String run(String... command) {
    Program.Outcome outcome = Program.run(folder, Map.of(), LIMIT, List.of(command));
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    return outcome.out();
  }

  private Path compiled(Path sources, Path scenario) {
    Path classes = folder.resolve("classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter findings = new StringWriter();
    try (Stream<Path> files = Files.walk(sources);
        StandardJavaFileManager manager =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<Path> all =
          Stream.concat(
                  files.filter(file -> file.toString().endsWith(".java")), Stream.of(scenario))
              .toList();
      boolean compiles =
          compiler
              .getTask(
                  findings,
                  manager,
                  null,
                  List.of("--release", "11", "-Xlint:-options", "-d", classes.toString()),
                  null,
                  manager.getJavaFileObjectsFromPaths(all))
              .call();
      assertThat(compiles).as(findings.toString()).isTrue();
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = GeneratedSdkTest.class.getResourceAsStream("/sdk/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
