package io.portico.lambda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.lambda.JavaCode;
import io.portico.lambda.Zips;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.environment.Event;
import io.portico.lambda.environment.Invoked;
import io.portico.lambda.environment.RuntimeListeners;
import io.portico.lambda.log.LogFolder;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a function in Java finds its classes. */
final class JavaLayersTest {
  @TempDir Path folder = Path.of("");

  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private Environments environments;

  @BeforeEach
  void start() {
    FunctionLauncher launcher =
        new FunctionLauncher(
            new Interpreters(Map.of(), System.getenv()),
            new Bootstraps(folder.resolve("runtime")),
            Map.of());
    environments =
        new Environments(
            this::open,
            launcher,
            new LogFolder(folder.resolve("logs")),
            folder.resolve("tmp"),
            new Environments.Limits(1, Duration.ofMinutes(1)));
  }

  @AfterEach
  void end() {
    environments.close();
    loops.close();
  }

  private RuntimeListeners.Listening open(HttpHandler handler) throws IOException {
    HttpListener listener =
        HttpListener.start(
            loops,
            ListenerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            handler);
    return new RuntimeListeners.Listening() {
      @Override
      public String address() {
        return "127.0.0.1:" + listener.address().getPort();
      }

      @Override
      public void close() {
        listener.close();
      }
    };
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

  private void write(String file, byte[] content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolve("..").normalize());
    Files.write(path, content);
  }

  private String invoke(String handler, List<Path> layers) throws Exception {
    Invoked invoked =
        environments.invoke(
            new FunctionSnapshot(
                new FunctionId("000000000000", "us-east-1", "layered"),
                "$LATEST",
                1,
                "java25",
                handler,
                Map.of(),
                Duration.ofSeconds(20),
                512,
                folder.resolve("code"),
                layers,
                "/aws/lambda/layered",
                "Text",
                "INFO"),
            new Event(
                "11111111-2222-3333-4444-555555555555",
                "arn:aws:lambda:us-east-1:000000000000:function:layered",
                "{}".getBytes(StandardCharsets.UTF_8),
                "Root=1-5759e988-bd862e3fe1be46a994272793",
                null));
    return new String(invoked.payload(), StandardCharsets.UTF_8);
  }

  /** Its own classes, then its own jars, then those of layers by name, the last layer's first. */
  @Test
  void ownClassesGoBeforeThoseOfLayers() throws Exception {
    write("stubs/A.jar", Zips.ofContents(words("A", "")));
    write("stubs/B.jar", Zips.ofContents(words("B", "")));
    write("stubs/C.jar", Zips.ofContents(words("C", "")));
    write("stubs/D.jar", Zips.ofContents(words("D", "")));
    for (Map.Entry<String, byte[]> file :
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
                folder.resolve("stubs/A.jar"),
                folder.resolve("stubs/B.jar"),
                folder.resolve("stubs/C.jar"),
                folder.resolve("stubs/D.jar"))
            .entrySet()) {
      write("code/" + file.getKey(), file.getValue());
    }
    for (Map.Entry<String, byte[]> file : words("A", "own class ").entrySet()) {
      write("code/" + file.getKey(), file.getValue());
    }
    write("code/lib/a.jar", Zips.ofContents(words("A", "own jar ")));
    write("code/lib/b.jar", Zips.ofContents(words("B", "own jar ")));
    write("last/java/lib/b.jar", Zips.ofContents(words("B", "last layer ")));
    write("last/java/lib/c.jar", Zips.ofContents(words("C", "last layer ")));
    write("first/java/lib/c.jar", Zips.ofContents(words("C", "first layer ")));
    write("first/java/lib/d.jar", Zips.ofContents(words("D", "first layer")));

    String read =
        invoke("example.Reader::read", List.of(folder.resolve("last"), folder.resolve("first")));

    assertThat(read).isEqualTo("\"own class own jar last layer first layer\"");
  }
}
