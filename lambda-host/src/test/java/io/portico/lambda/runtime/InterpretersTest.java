package io.portico.lambda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.lambda.runtime.Interpreter.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK a function runs on; versions that no machine has yet keep those of this one out. */
final class InterpretersTest {
  @TempDir Path machine = Path.of("");

  private Path jdk(String folder, String version) throws IOException {
    Path home = machine.resolve(folder);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo asked >>%s/asked
        printf 'Property settings:\\n    java.home = %s\\n    java.specification.version = %s\\n' >&2
        """
            .formatted(machine, home, version));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return java;
  }

  private Interpreters interpreters(Map<String, Path> configured) {
    return new Interpreters(
        configured,
        Map.of(
            "PATH", machine.resolve("path/bin").toString(),
            "HOME", machine.toString(),
            "JAVA_HOME", machine.resolve("home").toString()));
  }

  private static RuntimeName runtime(String name) {
    return RuntimeName.of(name);
  }

  @Test
  void theJdkOfTheRuntimesVersionGoesBeforeANewerOne() throws IOException {
    jdk("path", "93");
    jdk("home", "92");
    Path wanted = jdk(".sdkman/candidates/java/91.0.1-tem", "91");

    Interpreter found = interpreters(Map.of()).of(runtime("java91"));

    assertThat(found.program()).isEqualTo(wanted);
    assertThat(found.version()).isEqualTo(new Version(91, 0));
  }

  @Test
  void theOldestNewerJdkStandsInForAMissingOne() throws IOException {
    jdk("path", "93");
    Path oldest = jdk("home", "92");

    Interpreter found = interpreters(Map.of()).of(runtime("java91"));

    assertThat(found.program()).isEqualTo(oldest);
  }

  @Test
  void aMissingJdkIsNamedWithTheKeyThatNamesOne() throws IOException {
    jdk("path", "93");

    assertThatThrownBy(() -> interpreters(Map.of()).of(runtime("java94")))
        .isInstanceOf(MissingInterpreterException.class)
        .hasMessage(
            "java94 needs Java 94, which is not on this machine. Install it, or name its program in"
                + " lambda.runtimes (PORTICO_LAMBDA_RUNTIMES=java94=/path/to/it).");
  }

  @Test
  void theConfiguredProgramIsTaken() throws IOException {
    jdk("path", "91");
    Path configured = jdk("elsewhere", "95");

    Interpreter found = interpreters(Map.of("java91", configured)).of(runtime("java91"));

    assertThat(found.program()).isEqualTo(configured);
  }

  @Test
  void aConfiguredProgramThatIsNoJavaIsRefused() {
    Path program = Path.of("/bin/false");

    assertThatThrownBy(() -> interpreters(Map.of("java91", program)).of(runtime("java91")))
        .isInstanceOf(MissingInterpreterException.class)
        .hasMessage("/bin/false, configured for java91 in lambda.runtimes, is no Java");
  }

  @Test
  void aJdkWithManyNamesIsAskedOnce() throws IOException {
    Path wanted = jdk("jdk", "93");
    Files.createDirectories(machine.resolve("path/bin"));
    Files.createSymbolicLink(machine.resolve("path/bin/java"), wanted);
    Files.createSymbolicLink(machine.resolve("home"), machine.resolve("jdk"));

    Interpreter found = interpreters(Map.of()).of(runtime("java92"));

    assertThat(found.program()).isEqualTo(wanted);
    assertThat(Files.readAllLines(machine.resolve("asked"))).containsExactly("asked");
  }

  @Test
  void versionsBeforeNineBeginWithOne() throws IOException {
    jdk("path", "1.8");

    Interpreter found = interpreters(Map.of()).of(runtime("java8.al2"));

    assertThat(found.version()).isEqualTo(new Version(8, 0));
  }
}
