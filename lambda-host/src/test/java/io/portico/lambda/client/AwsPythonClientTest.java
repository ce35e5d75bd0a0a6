package io.portico.lambda.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS's runtime interface client for Python ({@code awslambdaric}), as pip installs it: in the
 * folder of a function of {@code provided.al2023} whose {@code bootstrap} starts it.
 *
 * <p>Needs a python3 with pip, from 3.10 on, and PyPI; where that has no wheel for the machine,
 * what compiles the client's native part, too: cmake, make, autoconf, automake, libtool, a C++
 * compiler.
 */
final class AwsPythonClientTest extends RuntimeClientContract {
  private Path folder = Path.of("");
  private Path program = Path.of("");

  @Override
  void prepare() {
    assumeTrue(Installation.find("python3").isPresent(), "awslambdaric needs python3");
    program =
        Path.of(Installation.said("python3", "-c", "import sys; print(sys.executable)").getFirst());
    Installation.Result result =
        new Installation("python")
            .install(
                "requirements.txt",
                Map.of(),
                List.of(
                    program.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--retries=0",
                    "--timeout=20",
                    "--target=.",
                    "--upgrade",
                    "--requirement=requirements.txt"));
    folder =
        switch (result) {
          case Installation.Result.Installed installed -> installed.folder();
          case Installation.Result.Failed failed -> failed.skip("awslambdaric");
        };
  }

  @Override
  ObjectNode function(String name, String module) {
    return AwsNodeClientTest.inFolder(name, module, folder, program);
  }

  @Override
  String stack() {
    return "stackTrace";
  }

  @Override
  String typeOfBroken() {
    return "RuntimeError";
  }
}
