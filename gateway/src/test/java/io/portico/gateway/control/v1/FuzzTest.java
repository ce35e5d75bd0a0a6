package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.GeneratedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzzes for a bounded time what takes documents and patches, with Jazzer in a process of its own.
 * {@code -Dportico.fuzz.seconds} sets how long; what fails is kept in {@code target/fuzz} and
 * printed.
 */
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("portico.fuzz.seconds", 10);

  /** For the process to start and to make what is changed, on a machine with other work. */
  private static final int PATIENCE_SECONDS = 120;

  private static final Path FOUND = Path.of("target", "fuzz");
  private static final Path DOCUMENTS = Path.of("src/test/resources/cases/openapi/documents");

  @TempDir Path folder;

  @Test
  void noDocumentIsAFailureOfOurs() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    try (Stream<Path> documents = Files.list(DOCUMENTS)) {
      for (Path document : documents.toList()) {
        Files.copy(document, corpus.resolve(document.getFileName()));
      }
    }
    Files.writeString(
        corpus.resolve("keys.csv"), "Name,key,enabled\nfirst,abcdefghijklmnopqrst,false\n");

    fuzz(ImportFuzz.class, corpus, 65_536);
  }

  @Test
  void noPatchIsAFailureOfOurs() throws Exception {
    fuzz(PatchFuzz.class, Files.createDirectory(folder.resolve("corpus")), 4_096);
  }

  private void fuzz(Class<?> target, Path corpus, int longest) throws Exception {
    Path found = Files.createDirectories(FOUND).resolve(target.getSimpleName());
    Path output = folder.resolve("output");
    Process process = jazzer(target, corpus, longest, found, output);
    try {
      boolean ended = process.waitFor(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS);

      assertThat(ended).as("ended in time: %s", Files.readString(output)).isTrue();
      assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
      assertThat(output).content().contains("Done ");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process jazzer(Class<?> target, Path corpus, int longest, Path found, Path output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.getName(),
            "--instrumentation_includes=io.portico.gateway.**",
            // Selection patterns are regular expressions of users; BoundedPattern bounds them.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + found + "-",
            "-max_total_time=" + SECONDS,
            "-max_len=" + longest,
            "-seed=" + (int) GeneratedRequest.SEED,
            // Of the whole JVM's memory, which grows to its heap's limit by itself.
            "-rss_limit_mb=0",
            corpus.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
