package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.server.ServerProcess;
import io.portico.server.ServerProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PorticoCommandTest {
  @TempDir Path folder = Path.of("");

  @Test
  void helpNamesEveryVerbAndExitStatus() throws Exception {
    Ended help = ServerProcess.run(folder, "help");

    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains("run", "serve", "config", "version", "help", "Exit status:")
        .doesNotContain("rehearse");
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(help.out()).containsPattern("(?m)^ +" + status.code() + " ");
    }
  }

  @Test
  void theHelpOfEveryVerbNamesItsOptionsWithinEightyColumns() throws Exception {
    for (Verb verb : PorticoCommand.verbs()) {
      Ended help = ServerProcess.run(folder, "help", verb.name());

      assertThat(help.status()).isZero();
      assertThat(help.out()).startsWith("Usage: portico " + verb.name());
      for (Option option : verb.options()) {
        assertThat(help.out()).containsPattern("(?m)^ " + option.form() + " +[A-Z]");
      }
      assertThat(help.out().replaceFirst("(?s)\nKeys:.*", "").lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
    assertThat(ServerProcess.run(folder, "run", "--help").out())
        .isEqualTo(ServerProcess.run(folder, "help", "run").out())
        .contains("PATH...");
  }

  @Test
  void printsTheVersionForPeopleAndMachines() throws Exception {
    assertThat(ServerProcess.run(folder, "version").out()).startsWith("Portico ");
    assertThat(ServerProcess.run(folder, "version", "--json").out()).startsWith("{\"version\":\"");
  }

  @Test
  void printsTheConfigurationOfTheFolder() throws Exception {
    Files.writeString(folder.resolve("portico.yaml"), "region: eu-central-1");

    Ended config = ServerProcess.run(folder, "config", "--port", "0");

    assertThat(config.out())
        .containsPattern("region: eu-central-1 +# portico.yaml")
        .containsPattern("port: 0 +# --port")
        .containsPattern("(?m)^# +event loops: (io_uring|epoll|NIO)")
        .containsPattern("(?m)^# +TLS: (BoringSSL, as it works here|the JDK; no BoringSSL: .+)$");
    assertThat(config.err()).isEmpty();
    assertThat(config.status()).isZero();
  }

  @Test
  void aBadValueIsOneLineAndStatusThree() throws Exception {
    Ended ended = ServerProcess.run(folder, "config", "--port", "many");

    assertThat(ended.status()).isEqualTo(ExitStatus.CONFIGURATION.code());
    assertThat(ended.err())
        .isEqualTo(
            "portico: port: \"many\" from --port: allowed is a whole number from 0 to 65535\n");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeUsedIsOneLineAndStatusThree() throws Exception {
    String[] serve = {"serve", "--ephemeral", "--port", "0", "--tls-port", "0", "--tls-cert"};
    Files.writeString(folder.resolve("text.pem"), "no certificate");

    assertThat(refusal(serve, "text.pem", "--tls-key", "text.pem"))
        .isEqualTo("portico: tls-cert, tls-key: text.pem: holds no certificate in PEM\n");
    assertThat(refusal(serve, "missing.pem", "--tls-key", "text.pem"))
        .isEqualTo("portico: tls-cert, tls-key: missing.pem: no such file\n");
    assertThat(refusal(serve, "text.pem"))
        .isEqualTo("portico: tls-cert is set, tls-key is not: both are needed, or neither\n");
  }

  @Test
  void isolationThatThisMachineDoesNotAllowIsOneLineAndStatusThree() throws Exception {
    Files.writeString(
        folder.resolve("portico.yaml"), "lambda: {isolation: namespaces}\nlogging: {level: error}");
    Map<String, String> withoutPrograms = Map.of("PATH", folder.toString());

    Ended ended = ServerProcess.run(folder, withoutPrograms, "serve", "--ephemeral", "--port", "0");

    assertThat(ended.status()).isEqualTo(ExitStatus.CONFIGURATION.code());
    assertThat(ended.err())
        .startsWith("portico: lambda.isolation: namespaces: this machine does not allow it: ")
        .contains("unshare")
        .hasLineCount(1);
    assertThat(ended.out()).isEmpty();
  }

  private String refusal(String[] words, String... more) throws Exception {
    Ended ended =
        ServerProcess.run(
            folder, Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
    assertThat(ended.status()).isEqualTo(ExitStatus.CONFIGURATION.code());
    assertThat(ended.out()).isEmpty();
    return ended.err();
  }

  @Test
  void anUnknownOptionOrVerbIsOneLineAndStatusTwo() throws Exception {
    Ended option = ServerProcess.run(folder, "config", "--prot", "1");
    Ended verb = ServerProcess.run(folder, "walk");
    Ended none = ServerProcess.run(folder);

    assertThat(option.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(option.err()).hasLineCount(1).contains("--prot").endsWith("portico help config\n");
    assertThat(verb.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(verb.err()).hasLineCount(1).contains("walk");
    assertThat(none.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(none.err()).hasLineCount(1).startsWith("portico: Missing verb");
  }

  @Test
  void theHelpOfConfigDocumentsEveryKey() throws Exception {
    Ended help = ServerProcess.run(folder, "config", "--help");

    assertThat(help.out()).contains("drain-timeout (PORTICO_DRAIN_TIMEOUT)", "Default: 10s.");
  }
}
