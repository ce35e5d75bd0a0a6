package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static io.portico.lambda.RunningHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.JavaCode;
import io.portico.lambda.RunningHost;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Where a function in Java finds its classes. */
final class JavaLayersTest {
  private final RunningHost host = RunningHost.start(1);

  @TempDir private Path stubs;

  @AfterEach
  void stop() {
    host.close();
  }

  /** Its own classes, then its own jars, then those of layers, of which the last one counts. */
  @Test
  void ownClassesGoBeforeThoseOfLayers() throws IOException {
    String first =
        host.publish(
            "first",
            layer(
                Zips.ofContents(
                    Map.of(
                        "java/lib/c.jar", jar("C", "first layer "),
                        "java/lib/d.jar", jar("D", "first layer")))));
    String last =
        host.publish(
            "last",
            layer(
                Zips.ofContents(
                    Map.of(
                        "java/lib/b.jar", jar("B", "last layer "),
                        "java/lib/c.jar", jar("C", "last layer ")))));
    Map<String, byte[]> code =
        new HashMap<>(
            JavaCode.compiled(
                "example.Reader",
                """
                package example;

                import java.util.Map;

                public class Reader {
                  public String read(Map<String, Object> event) {
                    return words.A.text() + words.B.text() + words.C.text() + words.D.text();
                  }
                }
                """,
                stub("A"),
                stub("B"),
                stub("C"),
                stub("D")));
    code.putAll(words("A", "own class "));
    code.put("lib/a.jar", jar("A", "own jar "));
    code.put("lib/b.jar", jar("B", "own jar "));

    ObjectNode creation =
        creation("layered", "java21", "example.Reader::read", Zips.ofContents(code))
            .put("Timeout", 20)
            .put("MemorySize", 512);
    creation.putArray("Layers").add(first).add(last);
    host.create(creation);

    assertThat(host.invoke("layered", "{}").text())
        .isEqualTo("\"own class own jar last layer first layer\"");
  }

  @Test
  void aWrapperOfALayerStartsTheJvm() {
    String arn =
        host.publish(
            "wrapper",
            layer(
                Zips.ofProgram(
                    "wrap", "#!/bin/sh\nexport JAVA_TOOL_OPTIONS=-Dwrapped=$0\nexec \"$@\"\n")));
    ObjectNode creation =
        creation(
                "wrapped",
                "java21",
                "example.Reader::read",
                Zips.ofContents(
                    JavaCode.compiled(
                        "example.Reader",
                        """
                        package example;

                        import java.util.Map;

                        public class Reader {
                          public String read(Map<String, Object> event) {
                            return System.getProperty("wrapped");
                          }
                        }
                        """)))
            .put("Timeout", 20)
            .put("MemorySize", 512);
    creation.putArray("Layers").add(arn);
    creation
        .putObject("Environment")
        .putObject("Variables")
        .put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap");
    host.create(creation);

    assertThat(host.invoke("wrapped", "{}").text()).endsWith("/wrap\"");
  }

  private Path stub(String name) throws IOException {
    return Files.write(stubs.resolve(name + ".jar"), jar(name, ""));
  }

  private static byte[] jar(String name, String text) {
    return Zips.ofContents(words(name, text));
  }

  private static Map<String, byte[]> words(String name, String text) {
    return JavaCode.compiled(
        "words." + name,
        """
        package words;

        public class %s {
          public static String text() { return "%s"; }
        }
        """
            .formatted(name, text));
  }
}
