package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.gateway.json.Json;
import io.portico.lambda.JavaCode;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invocations of a function in Java, by AWS's own client for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JavaInvocationsTest {
  private static final String RUNTIME = "java21";

  private final RunningHost host = RunningHost.start(4);
  private final Map<String, byte[]> classes = JavaCode.compiled("example.Handlers", source());

  @TempDir Path folder = Path.of("");

  private static String source() {
    try (InputStream file =
        Objects.requireNonNull(
            JavaInvocationsTest.class.getResourceAsStream("/example/Handlers.java"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  void create() {
    create("java", "example.Handlers::handle", classes);
  }

  @AfterAll
  void end() {
    host.close();
  }

  private void create(String name, String handler, Map<String, byte[]> files) {
    ObjectNode creation =
        creation(name, RUNTIME, handler, Zips.ofContents(files))
            .put("Timeout", 30)
            .put("MemorySize", 512);
    creation.putObject("Environment").putObject("Variables").put("OWN", "variable");
    host.create(creation);
  }

  private JsonNode result(String event) {
    return result("java", event);
  }

  private JsonNode result(String function, String event) {
    Reply reply = host.invoke(function, event);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
    return reply.json();
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put(name, content);
    return all;
  }

  /** INV-01, INV-09. */
  @Test
  void theCallerGetsWhatTheFunctionReturns() {
    Reply reply = host.invoke("java", "{\"text\": \"Grüße\", \"list\": [1, true, null]}");
    int first = result("{\"do\": \"count\"}").intValue();

    assertThat(reply.text()).isEqualTo("{\"text\":\"Grüße\",\"list\":[1,true,null]}");
    assertThat(reply.header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
    assertThat(host.invoke("java", "{\"do\": \"nothing\"}").text()).isEqualTo("null");
    assertThat(result("{\"do\": \"count\"}").intValue()).isEqualTo(first + 1);
  }

  @Test
  void theContextIsThatOfTheInvocation() {
    Reply reply = host.invoke("java:$LATEST", "{\"do\": \"context\"}");

    JsonNode context = reply.json();
    assertThat(context.path("arn").asString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:java:$LATEST");
    assertThat(context.path("version").asString()).isEqualTo("$LATEST");
    assertThat(context.path("memory").intValue()).isEqualTo(512);
    assertThat(context.path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(context.path("group").asString()).isEqualTo("/aws/lambda/java");
    assertThat(context.path("stream").asString())
        .matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
    assertThat(context.path("left").intValue()).isBetween(1, 30_000);
  }

  /** INV-15. */
  @Test
  void theEnvironmentIsThatOfAwsAndNoOther() {
    JsonNode variables = result("{\"do\": \"environment\"}");

    assertThat(variables.path("OWN").asString()).isEqualTo("variable");
    assertThat(variables.path("AWS_EXECUTION_ENV").asString()).isEqualTo("AWS_Lambda_" + RUNTIME);
    assertThat(variables.path("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asString()).isEqualTo("512");
    assertThat(variables.path("_HANDLER").asString()).isEqualTo("example.Handlers::handle");
    assertThat(variables.propertyStream().map(entry -> entry.getKey()))
        .doesNotContain("HOME", "USER", "JAVA_HOME", "MAVEN_CMD_LINE_ARGS");
  }

  @Test
  void theMachineIsSetUpAsOnAws() {
    JsonNode machine = result("{\"do\": \"machine\"}");
    JsonNode variables = result("{\"do\": \"environment\"}");

    assertThat(machine.path("java").asInt()).isGreaterThanOrEqualTo(21);
    assertThat(machine.path("charset").asString()).isEqualTo("UTF-8");
    assertThat(machine.path("temporary").asString()).isEqualTo(variables.path("TMPDIR").asString());
    assertThat(machine.path("folder").asString())
        .isEqualTo(variables.path("LAMBDA_TASK_ROOT").asString());
    // 85 % of 512 MB, less what a serial collector keeps free.
    assertThat(machine.path("heap").intValue()).isBetween(400, 436);
  }

  @Test
  void handlersAreMethodsAndClasses() {
    create("plain", "example.Handlers::plain", classes);
    create("greeter", "example.Handlers$Greeter", classes);
    create("stream", "example.Handlers$Stream::handleRequest", classes);
    create("streamed", "example.Handlers$Stream", classes);

    assertThat(result("plain", "{\"name\": \"Ada\"}").asString()).isEqualTo("Hello, Ada!");
    assertThat(result("greeter", "{\"name\": \"Ada\"}").toString())
        .isEqualTo("{\"greeting\":\"Hello, Ada!\"}");
    assertThat(host.invoke("stream", "{\"a\": 1}").text()).isEqualTo("[{\"a\": 1}]");
    assertThat(host.invoke("streamed", "{\"a\": 1}").text()).isEqualTo("[{\"a\": 1}]");
  }

  /** INV-03. */
  @Test
  void anErrorIsTheAnswer() {
    Reply reply = host.invoke("java", "{\"do\": \"throw\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    JsonNode error = reply.json();
    assertThat(error.propertyStream().map(entry -> entry.getKey()))
        .containsExactly("errorMessage", "errorType", "stackTrace");
    assertThat(error.path("errorMessage").asString()).isEqualTo("it broke");
    assertThat(error.path("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.at("/stackTrace/0").asString())
        .startsWith("example.Handlers.handle(Handlers.java:");
  }

  /** The client says it in a header, too, which is long then. */
  @Test
  void anErrorWithALongTraceIsTheAnswer() {
    create("deep", "example.Handlers::handle", classes);

    JsonNode error = host.invoke("deep", "{\"do\": \"deep\"}").json();

    assertThat(error.path("errorType").asString()).isEqualTo("java.lang.StackOverflowError");
    assertThat(error.path("stackTrace").size()).isGreaterThan(1000);
    assertThat(result("deep", "{\"still\": \"there\"}").path("still").asString())
        .isEqualTo("there");
  }

  /** INV-06. */
  @Test
  void theEndOfTheProcessIsTheAnswer() {
    create("ending", "example.Handlers::handle", classes);

    Reply silent = host.invoke("ending", "{\"do\": \"exit\", \"status\": 0}");
    Reply loud = host.invoke("ending", "{\"do\": \"exit\", \"status\": 3}");

    assertThat(silent.json().path("errorType").asString()).isEqualTo("Runtime.ExitError");
    assertThat(silent.json().path("errorMessage").asString())
        .endsWith(" Error: Runtime exited without providing a reason");
    assertThat(loud.json().path("errorMessage").asString())
        .endsWith(" Error: Runtime exited with error: exit status 3");
    assertThat(result("ending", "{\"still\": \"there\"}").path("still").asString())
        .isEqualTo("there");
  }

  /** INV-07, INV-08. */
  @Test
  void oneThatTakesTooLongIsEndedButItsFilesStay() {
    host.create(
        creation("late", RUNTIME, "example.Handlers::handle", Zips.ofContents(classes))
            .put("Timeout", 3)
            .put("MemorySize", 512));
    host.invokeInTime("late", "{\"do\": \"keep\"}");
    host.invokeInTime("late", "{\"do\": \"count\"}");

    Reply late = host.invoke("late", "{\"do\": \"hang\"}");

    assertThat(late.json().path("errorType").asString()).isEqualTo("Sandbox.Timedout");
    assertThat(late.json().path("errorMessage").asString())
        .endsWith(" Error: Task timed out after 3.00 seconds");
    assertThat(host.invokeInTime("late", "{\"do\": \"kept\"}").text()).isEqualTo("\"me\"");
    assertThat(host.invokeInTime("late", "{\"do\": \"count\"}").text()).isEqualTo("0");
  }

  @Test
  void whatItLogsIsInLines() {
    result("{}");

    String tail =
        RunningHost.tail(host.invoke("java", "{\"do\": \"log\"}", "X-Amz-Log-Type", "Tail"));

    assertThat(tail).contains("Version: $LATEST\nfirst\nsecond\nthird\nfourth\nEND RequestId: ");
  }

  @Test
  void anErrorIsLogged() {
    result("{}");

    String tail =
        RunningHost.tail(host.invoke("java", "{\"do\": \"throw\"}", "X-Amz-Log-Type", "Tail"));

    assertThat(tail)
        .contains("\nit broke: java.lang.IllegalStateException\n")
        .contains("\tat example.Handlers.handle(Handlers.java:");
  }

  @Test
  void aClassThatIsNotThereIsSaid() {
    create("lost", "example.Nowhere::handle", classes);

    JsonNode error = host.invoke("lost", "{}").json();

    assertThat(error.path("errorType").asString()).isEqualTo("java.lang.ClassNotFoundException");
    assertThat(error.path("errorMessage").asString()).isEqualTo("Class not found: example.Nowhere");
  }

  @Test
  void aClassThatCannotBeInitialisedIsSaid() {
    create("unlucky", "example.Handlers$Unlucky::handle", classes);

    Reply reply = host.invoke("unlucky", "{}", "X-Amz-Log-Type", "Tail");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString())
        .isEqualTo("java.lang.ExceptionInInitializerError");
    assertThat(reply.json().path("errorMessage").asString())
        .isEqualTo("Error loading class example.Handlers$Unlucky");
  }

  @Test
  void jarsInItsLibAreOnItsClassPath() {
    Map<String, byte[]> library =
        JavaCode.compiled(
            "library.Words",
            """
            package library;

            public class Words {
              public static String hello(Object name) { return "Hello, " + name + ", from a jar!"; }
            }
            """);
    byte[] jar = Zips.ofContents(library);
    Map<String, byte[]> function =
        JavaCode.compiled(
            "example.Caller",
            """
            package example;

            import java.util.Map;
            import library.Words;

            public class Caller {
              public String handle(Map<String, Object> event) { return Words.hello(event.get("name")); }
            }
            """,
            written("words.jar", jar));

    create("caller", "example.Caller::handle", with(function, "lib/words.jar", jar));

    assertThat(result("caller", "{\"name\": \"Ada\"}").asString())
        .isEqualTo("Hello, Ada, from a jar!");
  }

  private Path written(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void callsAtOnceRunInProcessesOfTheirOwn(@TempDir Path meeting)
      throws InterruptedException, ExecutionException {
    create("apart", "example.Handlers::handle", classes);
    String event =
        Json.object().put("do", "meet").put("folder", meeting.toString()).put("all", 3).toString();
    List<Future<JsonNode>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        calls.add(callers.submit(() -> result("apart", event)));
      }
    }
    List<Long> processes = new ArrayList<>();
    for (Future<JsonNode> call : calls) {
      processes.add(call.get().longValue());
    }

    assertThat(processes).doesNotHaveDuplicates();
  }

  /** What AWS gives a function that asks for nothing else. */
  @Test
  void theLeastMemoryIsEnoughForASmallFunction() {
    host.create(
        creation("small", RUNTIME, "example.Handlers::handle", Zips.ofContents(classes))
            .put("Timeout", 30));

    assertThat(result("small", "{\"do\": \"count\"}").intValue()).isZero();
    for (int i = 0; i < 20; i++) {
      assertThat(result("small", "{\"i\": %d}".formatted(i)).path("i").intValue()).isEqualTo(i);
    }
    assertThat(result("small", "{\"do\": \"churn\"}").longValue()).isEqualTo(2000L << 20);
    assertThat(result("small", "{\"do\": \"count\"}").intValue()).isEqualTo(1);
  }

  @Test
  void aHeapThatIsFullIsAnErrorOfItsOwn() {
    create("greedy", "example.Handlers::handle", classes);

    Reply reply = host.invoke("greedy", "{\"do\": \"grow\", \"megabytes\": 1000}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString())
        .isIn("java.lang.OutOfMemoryError", "Runtime.ExitError");
    assertThat(result("greedy", "{\"still\": \"there\"}").path("still").asString())
        .isEqualTo("there");
  }

  @Test
  void whatIsTooLargeIsAnError() {
    create("large", "example.Handlers::handle", classes);

    assertThat(result("large", "{\"do\": \"large\", \"length\": 6000000}").asString())
        .hasSize(6_000_000);
    Reply large = host.invoke("large", "{\"do\": \"large\", \"length\": 6300000}");
    assertThat(large.json().path("errorType").asString())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(result("large", "{\"still\": \"there\"}").path("still").asString())
        .isEqualTo("there");
  }

  @Test
  void optionsOfItsOwnGoBeforeAwsOnes() {
    ObjectNode creation =
        creation("tuned", RUNTIME, "example.Handlers::handle", Zips.ofContents(classes))
            .put("Timeout", 10)
            .put("MemorySize", 512);
    creation
        .putObject("Environment")
        .putObject("Variables")
        .put("JAVA_TOOL_OPTIONS", "-Xmx64m -XX:+UseParallelGC -XX:-TieredCompilation");
    host.create(creation);

    assertThat(result("tuned", "{\"do\": \"machine\"}").path("heap").intValue()).isBetween(50, 64);
  }

  @Test
  void aRuntimeRunsOnTheJdkOfItsVersionWhereThatIsThere() throws IOException {
    assumeTrue(has("17"), "no JDK 17 in /usr/lib/jvm");
    host.create(
        creation("seventeen", "java17", "example.Handlers::handle", Zips.ofContents(classes))
            .put("Timeout", 10)
            .put("MemorySize", 512));

    JsonNode machine = result("seventeen", "{\"do\": \"machine\"}");

    assertThat(machine.path("java").asString()).isEqualTo("17");
    assertThat(machine.path("charset").asString()).isEqualTo("UTF-8");
    assertThat(host.invoke("seventeen", "{\"do\": \"throw\"}").json().path("errorType").asString())
        .isEqualTo("java.lang.IllegalStateException");
  }

  private static boolean has(String version) throws IOException {
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> homes = Files.list(folder)) {
      for (Path home : homes.toList()) {
        Path release = home.resolve("release");
        if (Files.isReadable(release)
            && Files.readString(release).contains("JAVA_VERSION=\"" + version + ".")) {
          return true;
        }
      }
    }
    return false;
  }
}
