package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated clients are compiled or parsed, and call a listener that verifies their signatures. */
final class GeneratedSdkTest {
  private static final long LIMIT_SECONDS = 60;
  private static final Map<String, String> JAVA =
      Map.of("serviceName", "PetStore", "javaPackageName", "example.pets");
  private static final Map<String, String> ANDROID =
      Map.of(
          "groupId", "com.example",
          "artifactId", "pets",
          "artifactVersion", "1.0.0",
          "invokerPackage", "com.example.pets");

  @TempDir Path folder;

  @Test
  void theJavaClientCallsEveryMethod() throws Exception {
    GeneratedSdk.of("pets.yaml", "java", JAVA).unpack(folder);
    Path scenario =
        Files.writeString(
            folder.resolve("Scenario.java"), GeneratedSdk.resource("Scenario.java.txt"));
    compile(folder.resolve("generated-code/src/main/java"), scenario);

    String said;
    try (SdkBackend backend = new SdkBackend();
        URLClassLoader classes =
            new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()})) {
      @SuppressWarnings("unchecked")
      Function<String, String> program =
          (Function<String, String>)
              classes.loadClass("Scenario").getDeclaredConstructor().newInstance();
      said = program.apply(backend.invokeUrl());
      assertThat(backend.asked)
          .containsExactly(
              "GET / | key the key | tenant null | unsigned | null ",
              "GET /pets?type=a%20b%26c | key the key | tenant blue | unsigned | null ",
              "POST /pets | key the key | tenant null | verified | application/json "
                  + "{\"id\":9007199254740993,\"name\":\"Rex\",\"weight\":12,\"tame\":true,"
                  + "\"class\":\"dog\",\"odd name\":\"\\\"o\\\"\\u000a\",\"owner\":{\"name\":\"Ann\","
                  + "\"friends\":[{\"name\":\"Bob\"}]},\"tags\":[{\"label\":\"é\"}],"
                  + "\"counts\":{\"a\":1},\"anything\":[\"x\",1.5,true]}",
              "GET /pets/a%2Fb%20%281%29%2A~%C3%A9?filter=x%27y%3Dz%26&b=2&a=1"
                  + " | key the key | tenant null | verified | null ",
              "PUT /files/a%20b/c%2Bd | key the key | tenant null | unsigned | application/json"
                  + " {\"k\":\"v\"}",
              "GET /pets/missing | key the key | tenant null | verified | null ");
    }

    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("200"),
            line -> assertThat(line).isEqualTo("Rex 42"),
            line -> assertThat(line).startsWith("true {\"id\":9007199254740993,"),
            line -> assertThat(line).isEqualTo("7"),
            line -> assertThat(line).isEqualTo("PUT"),
            line -> assertThat(line).isEqualTo("404 {\"message\":\"no such pet\"}"),
            line -> assertThat(line).isEqualTo("X-Tenant must be defined"),
            line ->
                assertThat(line)
                    .isEqualTo("path must not be \"..\": it would name another resource"),
            line ->
                assertThat(line)
                    .isEqualTo("The method wants a signature (AWS_IAM): set iamCredentials"));
  }

  @Test
  void theJavaScriptClientCallsEveryMethod() throws Exception {
    assumeTrue(runs("node", "--version"), "Node.js (node) is not installed");
    GeneratedSdk.of("pets.yaml", "javascript", Map.of()).unpack(folder);
    Path scenario =
        Files.writeString(folder.resolve("scenario.js"), GeneratedSdk.resource("scenario.js"));

    String said;
    try (SdkBackend backend = new SdkBackend()) {
      said = run("node", scenario.toString(), folder.toString(), backend.invokeUrl());
      assertThat(backend.asked)
          .containsExactly(
              "GET / | key the key | tenant null | unsigned | null ",
              "GET /pets?type=a%20b%26c&page=1&page=2 | key the key | tenant blue | unsigned | null ",
              "POST /pets | key null | tenant null | verified | application/json "
                  + "{\"name\":\"Rex\",\"tags\":[{\"label\":\"é\"}]}",
              "GET /pets/a%2Fb%20%281%29%2A~%C3%A9?filter=x%27y%3Dz%26&b=2&a=1"
                  + " | key null | tenant null | verified | null ",
              "PUT /files/a%20b/c%2Bd | key null | tenant null | verified | application/json"
                  + " plain text",
              "GET /pets/missing | key null | tenant null | verified | null ");
    }

    assertThat(said.lines())
        .containsExactly(
            "filesPathPut petsGet petsPetIdGet petsPost rootGet",
            "200",
            "Rex 42",
            "201 {\"name\":\"Rex\",\"tags\":[{\"label\":\"é\"}]}",
            "7",
            "PUT",
            "404 no such pet",
            "X-Tenant must be defined",
            "path must not be \"..\": it would name another resource");
  }

  /** Ruby is on few machines: where it is not, the gem is read by {@link GeneratedSdkFilesTest}. */
  @Test
  void theRubyClientCallsEveryMethod() throws Exception {
    assumeTrue(runs("ruby", "--version"), "Ruby (ruby) is not installed");
    GeneratedSdk.of("pets.yaml", "ruby", Map.of("service.name", "PetStore")).unpack(folder);
    Path scenario =
        Files.writeString(folder.resolve("scenario.rb"), GeneratedSdk.resource("scenario.rb"));

    String said;
    try (SdkBackend backend = new SdkBackend()) {
      said =
          run(
              "ruby",
              "-w",
              scenario.toString(),
              folder.resolve("petstore-sdk/lib").toString(),
              backend.invokeUrl());
      assertThat(backend.asked)
          .containsExactly(
              "GET / | key the key | tenant null | unsigned | null ",
              "GET /pets?type=a%20b%26c&page=2 | key the key | tenant blue | unsigned | null ",
              "POST /pets | key null | tenant null | verified | application/json "
                  + "{\"id\":9007199254740993,\"name\":\"Rex\",\"odd name\":\"o\","
                  + "\"tags\":[{\"label\":\"é\"}],"
                  + "\"owner\":{\"name\":\"Ann\",\"friends\":[{\"name\":\"Bob\"}]}}",
              "GET /pets/a%2Fb%20%281%29%2A~%C3%A9?filter=x%27y%3Dz%26"
                  + " | key null | tenant null | verified | null ",
              "PUT /files/a%20b/c%2Bd | key null | tenant null | unsigned | application/json"
                  + " {\"k\":\"v\"}",
              "GET /pets/missing | key null | tenant null | verified | null ");
    }

    assertThat(said.lines())
        .containsExactly(
            "get_api_root get_pet get_pets post_pets put_files_path",
            "200",
            "Rex 42",
            "true",
            "Bob",
            "7",
            "PUT",
            "404 {\"message\":\"no such pet\"}",
            "missing parameters: x_tenant",
            "the method wants a signature (AWS_IAM): set access_key and secret_key",
            "path must not hold dot segments: they would name another resource",
            "unknown parameters: unknown");
  }

  @Test
  void theJavaClientOfAHostileDefinitionCompiles() throws Exception {
    Map<String, String> parameters =
        Map.of(
            "service.name", "S", "java.package-name", "s", "java.license-text", "*/ \\u002a/ evil");
    GeneratedSdk.of("hostile.yaml", "java", parameters).unpack(folder);

    compile(folder.resolve("generated-code/src/main/java"));

    assertThat(folder.resolve("classes/s/S.class")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pets.yaml", "hostile.yaml"})
  void theAndroidClientCompilesAgainstTheRuntimesAnnotations(String definition) throws Exception {
    GeneratedSdk.of(definition, "android", ANDROID).unpack(folder);
    Path runtime = folder.resolve("runtime");
    write(
        runtime.resolve("com/google/gson/annotations/SerializedName.java"),
        "package com.google.gson.annotations; public @interface SerializedName { String value(); }");
    String name = "com.amazonaws.mobileconnectors.apigateway";
    for (String type :
        List.of(
            "public class ApiRequest {}",
            "public class ApiResponse {}",
            "public @interface annotation.Service { String endpoint(); }",
            "public @interface annotation.Operation { String path(); String method(); }",
            "public @interface annotation.Parameter { String name(); String location(); }")) {
      boolean annotation = type.contains("annotation.");
      String packageName = annotation ? name + ".annotation" : name;
      String source = type.replace("annotation.", "");
      String typeName = source.replaceAll("public (class|@interface) (\\w+).*", "$2");
      write(
          runtime.resolve(packageName.replace('.', '/')).resolve(typeName + ".java"),
          "package " + packageName + "; " + source);
    }

    compile(folder.resolve("src/main/java"), runtime);

    assertThat(folder.resolve("classes/com/example/pets")).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pets.yaml", "hostile.yaml"})
  void theJavaScriptOfAnyDefinitionParses(String definition) throws Exception {
    assumeTrue(runs("node", "--version"), "Node.js (node) is not installed");
    GeneratedSdk.of(definition, "javascript", Map.of()).unpack(folder);

    String said =
        run(
            "node",
            "-e",
            "console.log(Object.keys(require(process.argv[1]).newClient()).length)",
            folder.resolve("apigClient.js").toString());

    assertThat(said.strip()).isEqualTo("5");
  }

  @Test
  void theRubyOfAHostileDefinitionLoads() throws Exception {
    assumeTrue(runs("ruby", "--version"), "Ruby (ruby) is not installed");
    GeneratedSdk.of("hostile.yaml", "ruby", Map.of("service.name", "pet", "ruby.gem-name", "g"))
        .unpack(folder);

    String said =
        run(
            "ruby",
            "-w",
            "-I",
            folder.resolve("g/lib").toString(),
            "-r",
            "g",
            "-e",
            "puts Pet::Client.new.operation_names.sort.join(' ')");

    assertThat(said.strip()).isEqualTo("class_ get_in_it in_it post_in_it raise_");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  /** Compiles as the generated project does, but with every warning an error. */
  private void compile(Path... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter findings = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<Path> all =
          Stream.of(sources).flatMap(GeneratedSdkTest::walk).map(Path::toAbsolutePath).toList();
      boolean compiled =
          compiler
              .getTask(
                  findings,
                  files,
                  null,
                  List.of(
                      "--release",
                      "11",
                      "-Xlint:all,-options,-processing",
                      "-Werror",
                      "-d",
                      folder.resolve("classes").toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(all))
              .call();
      assertThat(compiled).as(findings.toString()).isTrue();
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean runs(String... command) throws InterruptedException {
    try {
      return start(command).waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process = start(command);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(List.of(command) + " did not end");
    }
    String said = Files.readString(folder.resolve("said"));
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
